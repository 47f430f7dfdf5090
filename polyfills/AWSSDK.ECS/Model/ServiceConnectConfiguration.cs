using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class ServiceConnectConfiguration
{
    public ServiceConnectAccessLogConfiguration AccessLogConfiguration { get; set; }

    [AWSProperty(Required = true)]
    public bool? Enabled { get; set; }

    public LogConfiguration LogConfiguration { get; set; }

    public string Namespace { get; set; }

    public List<ServiceConnectService> Services { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class ServiceConnectAccessLogConfiguration
{
    [AWSProperty(Required = true)]
    public ServiceConnectAccessLoggingFormat Format { get; set; }

    public ServiceConnectIncludeQueryParameters IncludeQueryParameters { get; set; }
}

public partial class ServiceConnectService
{
    public List<ServiceConnectClientAlias> ClientAliases { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string DiscoveryName { get; set; }

    [AWSProperty(Min = 0, Max = 65535)]
    public int? IngressPortOverride { get; set; }

    [AWSProperty(Required = true)]
    public string PortName { get; set; }

    public TimeoutConfiguration Timeout { get; set; }

    public ServiceConnectTlsConfiguration Tls { get; set; }
}

public partial class ServiceConnectClientAlias
{
    public string DnsName { get; set; }

    [AWSProperty(Required = true, Min = 0, Max = 65535)]
    public int? Port { get; set; }

    public ServiceConnectTestTrafficRules TestTrafficRules { get; set; }
}

public partial class ServiceConnectTestTrafficRules
{
    [AWSProperty(Required = true)]
    public ServiceConnectTestTrafficHeaderRules Header { get; set; }
}

public partial class ServiceConnectTestTrafficHeaderRules
{
    [AWSProperty(Required = true)]
    public string Name { get; set; }

    public ServiceConnectTestTrafficHeaderMatchRules Value { get; set; }
}

public partial class ServiceConnectTestTrafficHeaderMatchRules
{
    [AWSProperty(Required = true)]
    public string Exact { get; set; }
}

public partial class TimeoutConfiguration
{
    [AWSProperty(Min = 0, Max = 2147483647)]
    public int? IdleTimeoutSeconds { get; set; }

    [AWSProperty(Min = 0, Max = 2147483647)]
    public int? PerRequestTimeoutSeconds { get; set; }
}

public partial class ServiceConnectTlsConfiguration
{
    [AWSProperty(Required = true)]
    public ServiceConnectTlsCertificateAuthority IssuerCertificateAuthority { get; set; }

    public string KmsKey { get; set; }

    public string RoleArn { get; set; }
}

public partial class ServiceConnectTlsCertificateAuthority
{
    public string AwsPcaAuthorityArn { get; set; }
}
