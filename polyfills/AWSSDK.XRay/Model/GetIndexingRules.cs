using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.XRay.Model;

public partial class GetIndexingRulesRequest : AmazonXRayRequest
{
    public string NextToken { get; set; }
}

public partial class GetIndexingRulesResponse : AmazonWebServiceResponse
{
    [AWSProperty(Min = 1, Max = 10)]
    public List<IndexingRule> IndexingRules { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string NextToken { get; set; }
}
