using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class EnvironmentFile
{
    [AWSProperty(Required = true)]
    public EnvironmentFileType Type { get; set; }

    [AWSProperty(Required = true)]
    public string Value { get; set; }
}
