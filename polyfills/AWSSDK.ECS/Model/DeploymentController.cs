using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class DeploymentController
{
    [AWSProperty(Required = true)]
    public DeploymentControllerType Type { get; set; }
}
