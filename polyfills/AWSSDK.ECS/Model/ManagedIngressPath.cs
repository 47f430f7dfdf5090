using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class ManagedIngressPath
{
    [AWSProperty(Required = true)]
    public AccessType AccessType { get; set; }

    public ManagedCertificate Certificate { get; set; }

    [AWSProperty(Required = true)]
    public string Endpoint { get; set; }

    public ManagedListener Listener { get; set; }

    public ManagedLoadBalancer LoadBalancer { get; set; }

    public List<ManagedSecurityGroup> LoadBalancerSecurityGroups { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public ManagedListenerRule Rule { get; set; }

    public List<ManagedTargetGroup> TargetGroups { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class ManagedCertificate
{
    public string Arn { get; set; }

    [AWSProperty(Required = true)]
    public string DomainName { get; set; }

    [AWSProperty(Required = true)]
    public ManagedResourceStatus Status { get; set; }

    public string StatusReason { get; set; }

    [AWSProperty(Required = true)]
    public DateTime? UpdatedAt { get; set; }
}

public partial class ManagedListener
{
    public string Arn { get; set; }

    [AWSProperty(Required = true)]
    public ManagedResourceStatus Status { get; set; }

    public string StatusReason { get; set; }

    [AWSProperty(Required = true)]
    public DateTime? UpdatedAt { get; set; }
}

public partial class ManagedLoadBalancer
{
    public string Arn { get; set; }

    [AWSProperty(Required = true)]
    public string Scheme { get; set; }

    public List<string> SecurityGroupIds { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Required = true)]
    public ManagedResourceStatus Status { get; set; }

    public string StatusReason { get; set; }

    public List<string> SubnetIds { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Required = true)]
    public DateTime? UpdatedAt { get; set; }
}

public partial class ManagedListenerRule
{
    public string Arn { get; set; }

    [AWSProperty(Required = true)]
    public ManagedResourceStatus Status { get; set; }

    public string StatusReason { get; set; }

    [AWSProperty(Required = true)]
    public DateTime? UpdatedAt { get; set; }
}

public partial class ManagedTargetGroup
{
    public string Arn { get; set; }

    [AWSProperty(Required = true)]
    public string HealthCheckPath { get; set; }

    [AWSProperty(Required = true)]
    public int? HealthCheckPort { get; set; }

    [AWSProperty(Required = true)]
    public int? Port { get; set; }

    [AWSProperty(Required = true)]
    public ManagedResourceStatus Status { get; set; }

    public string StatusReason { get; set; }

    [AWSProperty(Required = true)]
    public DateTime? UpdatedAt { get; set; }
}
