using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class VpcLatticeConfiguration
{
    [AWSProperty(Required = true)]
    public string PortName { get; set; }

    [AWSProperty(Required = true)]
    public string RoleArn { get; set; }

    [AWSProperty(Required = true)]
    public string TargetGroupArn { get; set; }
}
