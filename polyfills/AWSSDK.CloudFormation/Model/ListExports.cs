using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.CloudFormation.Model;

public partial class ListExportsRequest : AmazonCloudFormationRequest
{
    [AWSProperty(Min = 1, Max = 1024)]
    public string NextToken { get; set; }
}

public partial class ListExportsResponse : AmazonWebServiceResponse
{
    public List<Export> Exports { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 1, Max = 1024)]
    public string NextToken { get; set; }
}

public partial class Export
{
    public string ExportingStackId { get; set; }

    public string Name { get; set; }

    public string Value { get; set; }
}
