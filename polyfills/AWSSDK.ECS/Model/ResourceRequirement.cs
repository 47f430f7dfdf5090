using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class ResourceRequirement
{
    [AWSProperty(Required = true)]
    public ResourceType Type { get; set; }

    [AWSProperty(Required = true)]
    public string Value { get; set; }
}
