namespace Amazon.ECS.Model;

public partial class DeploymentEphemeralStorage
{
    public string KmsKeyId { get; set; }
}
