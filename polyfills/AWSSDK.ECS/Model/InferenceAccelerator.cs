using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class InferenceAccelerator
{
    [AWSProperty(Required = true)]
    public string DeviceName { get; set; }

    [AWSProperty(Required = true)]
    public string DeviceType { get; set; }
}
