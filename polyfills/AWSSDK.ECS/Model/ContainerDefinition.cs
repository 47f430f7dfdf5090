namespace Amazon.ECS.Model;

public class ContainerDefinition
{
    public List<string> Command { get; set; }
    public List<string> EntryPoint { get; set; }
    public List<KeyValuePair> Environment { get; set; }
    public bool? Essential { get; set; }
    public HealthCheck HealthCheck { get; set; }
    public string Image { get; set; }
    public LinuxParameters LinuxParameters { get; set; }
    public LogConfiguration LogConfiguration { get; set; }
    public int? Memory { get; set; }
    public List<MountPoint> MountPoints { get; set; }
    public string Name { get; set; }
    public List<PortMapping> PortMappings { get; set; }
    public bool? ReadonlyRootFilesystem { get; set; }
    public List<Secret> Secrets { get; set; }
    public int? StopTimeout { get; set; }
    public string User { get; set; }
}

public class HealthCheck
{
    public List<string> Command { get; set; }
    public int? Interval { get; set; }
    public int? Retries { get; set; }
    public int? StartPeriod { get; set; }
    public int? Timeout { get; set; }
}

public class LinuxParameters
{
    public bool? InitProcessEnabled { get; set; }
}

public class LogConfiguration
{
    public Dictionary<string, string> Options { get; set; }
}

public class MountPoint
{
    public string ContainerPath { get; set; }
    public bool? ReadOnly { get; set; }
    public string SourceVolume { get; set; }
}

public class PortMapping
{
    public int? ContainerPort { get; set; }
}
