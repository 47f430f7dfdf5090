using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.CloudWatchLogs.Model;

public partial class DescribeResourcePoliciesRequest : AmazonCloudWatchLogsRequest
{
    [AWSProperty(Min = 1, Max = 50)]
    public int? Limit { get; set; }

    [AWSProperty(Min = 1)]
    public string NextToken { get; set; }

    public PolicyScope PolicyScope { get; set; }

    public string ResourceArn { get; set; }
}

public partial class DescribeResourcePoliciesResponse : AmazonWebServiceResponse
{
    [AWSProperty(Min = 1)]
    public string NextToken { get; set; }

    public List<ResourcePolicy> ResourcePolicies { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
