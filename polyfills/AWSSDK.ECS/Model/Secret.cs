using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class Secret
{
    [AWSProperty(Required = true)]
    public string Name { get; set; }

    [AWSProperty(Required = true)]
    public string ValueFrom { get; set; }
}
