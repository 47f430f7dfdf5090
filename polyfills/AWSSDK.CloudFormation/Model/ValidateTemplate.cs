using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.CloudFormation.Model;

public partial class ValidateTemplateRequest : AmazonCloudFormationRequest
{
    [AWSProperty(Min = 1)]
    public string TemplateBody { get; set; }

    [AWSProperty(Min = 1, Max = 5120)]
    public string TemplateURL { get; set; }
}

public partial class ValidateTemplateResponse : AmazonWebServiceResponse
{
    public List<string> Capabilities { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string CapabilitiesReason { get; set; }

    public List<string> DeclaredTransforms { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 1, Max = 1024)]
    public string Description { get; set; }

    public List<TemplateParameter> Parameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class TemplateParameter
{
    public string DefaultValue { get; set; }

    [AWSProperty(Min = 1, Max = 1024)]
    public string Description { get; set; }

    public bool? NoEcho { get; set; }

    public string ParameterKey { get; set; }
}
