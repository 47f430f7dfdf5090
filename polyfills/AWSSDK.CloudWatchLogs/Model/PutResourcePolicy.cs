using Amazon.Runtime;

namespace Amazon.CloudWatchLogs.Model;

public class PutResourcePolicyRequest : AmazonCloudWatchLogsRequest
{
    public string PolicyDocument { get; set; }
    public string PolicyName { get; set; }
}

public class PutResourcePolicyResponse : AmazonWebServiceResponse;
