using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.XRay.Model;

public partial class UpdateIndexingRuleRequest : AmazonXRayRequest
{
    [AWSProperty(Required = true)]
    public string Name { get; set; }

    [AWSProperty(Required = true)]
    public IndexingRuleValueUpdate Rule { get; set; }
}

public partial class UpdateIndexingRuleResponse : AmazonWebServiceResponse
{
    public IndexingRule IndexingRule { get; set; }
}

public partial class IndexingRuleValueUpdate
{
    public ProbabilisticRuleValueUpdate Probabilistic { get; set; }
}

public partial class ProbabilisticRuleValueUpdate
{
    [AWSProperty(Required = true)]
    public double? DesiredSamplingPercentage { get; set; }
}
