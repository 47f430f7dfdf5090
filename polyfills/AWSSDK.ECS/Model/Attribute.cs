using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class Attribute
{
    [AWSProperty(Required = true)]
    public string Name { get; set; }

    public string TargetId { get; set; }

    public TargetType TargetType { get; set; }

    public string Value { get; set; }
}
