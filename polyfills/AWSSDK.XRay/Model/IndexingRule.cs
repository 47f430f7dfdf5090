using Amazon.Runtime.Internal;

namespace Amazon.XRay.Model;

public partial class IndexingRule
{
    public DateTime? ModifiedAt { get; set; }

    [AWSProperty(Min = 1, Max = 32)]
    public string Name { get; set; }

    public IndexingRuleValue Rule { get; set; }
}

public partial class IndexingRuleValue
{
    public ProbabilisticRuleValue Probabilistic { get; set; }
}

public partial class ProbabilisticRuleValue
{
    public double? ActualSamplingPercentage { get; set; }

    [AWSProperty(Required = true)]
    public double? DesiredSamplingPercentage { get; set; }
}
