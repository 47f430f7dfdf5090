using Amazon.Runtime;

namespace Amazon.CloudWatchLogs.Model;

public class DescribeResourcePoliciesRequest : AmazonCloudWatchLogsRequest
{
    public string NextToken { get; set; }
}

public class DescribeResourcePoliciesResponse : AmazonWebServiceResponse
{
    public string NextToken { get; set; }
    public List<ResourcePolicy> ResourcePolicies { get; set; }
}
