using Amazon.Runtime.Internal;

namespace Amazon.CloudFormation.Model;

public partial class Tag
{
    [AWSProperty(Required = true, Min = 1, Max = 128)]
    public string Key { get; set; }

    [AWSProperty(Required = true, Min = 1, Max = 256)]
    public string Value { get; set; }
}
