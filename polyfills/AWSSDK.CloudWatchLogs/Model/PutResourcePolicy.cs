using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.CloudWatchLogs.Model;

public partial class PutResourcePolicyRequest : AmazonCloudWatchLogsRequest
{
    [AWSProperty(Min = 1)]
    public string ExpectedRevisionId { get; set; }

    [AWSProperty(Min = 1, Max = 51200)]
    public string PolicyDocument { get; set; }

    public string PolicyName { get; set; }

    public string ResourceArn { get; set; }
}

public partial class PutResourcePolicyResponse : AmazonWebServiceResponse
{
    public ResourcePolicy ResourcePolicy { get; set; }

    [AWSProperty(Min = 1)]
    public string RevisionId { get; set; }
}
