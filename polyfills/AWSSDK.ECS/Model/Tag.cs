using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class Tag
{
    [AWSProperty(Min = 1, Max = 128)]
    public string Key { get; set; }

    [AWSProperty(Min = 0, Max = 256)]
    public string Value { get; set; }
}
