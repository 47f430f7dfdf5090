using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.CloudFormation.Model;

public partial class ListImportsRequest : AmazonCloudFormationRequest
{
    [AWSProperty(Required = true)]
    public string ExportName { get; set; }

    [AWSProperty(Min = 1, Max = 1024)]
    public string NextToken { get; set; }
}

public partial class ListImportsResponse : AmazonWebServiceResponse
{
    public List<string> Imports { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 1, Max = 1024)]
    public string NextToken { get; set; }
}
