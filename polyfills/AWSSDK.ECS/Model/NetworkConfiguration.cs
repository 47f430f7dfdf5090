using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class NetworkConfiguration
{
    public AwsVpcConfiguration AwsvpcConfiguration { get; set; }
}

public partial class AwsVpcConfiguration
{
    public AssignPublicIp AssignPublicIp { get; set; }

    public List<string> SecurityGroups { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Required = true)]
    public List<string> Subnets { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
