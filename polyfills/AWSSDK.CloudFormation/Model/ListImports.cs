using Amazon.Runtime;

namespace Amazon.CloudFormation.Model;

public class ListImportsRequest : AmazonCloudFormationRequest
{
    public string ExportName { get; set; }
}

public class ListImportsResponse : AmazonWebServiceResponse
{
    public List<string> Imports { get; set; }
}
