using Amazon.Runtime;
using AwsProtocols;

namespace Amazon.ECS.Model;

public class RunTaskRequest : AmazonECSRequest
{
    public List<CapacityProviderStrategyItem> CapacityProviderStrategy { get; set; }

    [IdempotencyToken]
    public string ClientToken { get; set; }

    public string Cluster { get; set; }
    public bool? EnableECSManagedTags { get; set; }
    public LaunchType LaunchType { get; set; }
    public NetworkConfiguration NetworkConfiguration { get; set; }
    public TaskOverride Overrides { get; set; }
    public PropagateTags PropagateTags { get; set; }
    public string StartedBy { get; set; }
    public string TaskDefinition { get; set; }
}

public class RunTaskResponse : AmazonWebServiceResponse
{
    public List<Failure> Failures { get; set; }
    public List<Task> Tasks { get; set; }
}
