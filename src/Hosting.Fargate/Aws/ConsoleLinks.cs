namespace Hosting.Fargate.Aws;

/// <summary>
/// Where the AWS console shows what was deployed. The addresses of traces are those of
/// https://docs.aws.amazon.com/xray/latest/devguide/xray-console-deeplinks.html; the others are as the console itself shows them.
/// </summary>
/// <param name="partition">The partition, such as <c>aws</c> or <c>aws-cn</c>: each has a console of its own.</param>
/// <param name="region">The region, such as <c>eu-west-1</c>; <c>${AWS::Region}</c> in a template.</param>
internal sealed class ConsoleLinks(string partition, string region)
{
    private const string LastHour = "timeRange=PT1H";

    private readonly string _console = partition switch
    {
        "aws-cn" => "https://console.amazonaws.cn",
        "aws-us-gov" => "https://console.amazonaws-us-gov.com",
        _ => "https://console.aws.amazon.com",
    };

    /// <summary>Those of another region.</summary>
    public ConsoleLinks In(string other) => new(partition, other);

    /// <summary>The partition that a region is in.</summary>
    public static string PartitionOf(string? region) =>
        region switch
        {
            ['c', 'n', '-', ..] => "aws-cn",
            ['u', 's', '-', 'g', 'o', 'v', '-', ..] => "aws-us-gov",
            _ => "aws",
        };

    /// <summary>The lines that containers print.</summary>
    public string LogGroup(string name) => $"{CloudWatch}#logsV2:log-groups/log-group/{EncodeTwice(name)}";

    /// <summary>A dashboard of CloudWatch.</summary>
    public string Dashboard(string name) => $"{CloudWatch}#dashboards:name={Uri.EscapeDataString(name)}";

    /// <summary>The alarms of the account and region.</summary>
    public string Alarms() => $"{CloudWatch}#alarmsV2:";

    /// <summary>Who calls whom, in the last hour: of the account and region, for the console has no address for a part of it.</summary>
    public string TraceMap() => $"{XRay}#/service-map?{LastHour}";

    /// <summary>The traces of the last hour in which a service has a part.</summary>
    /// <param name="service">The service by its <c>service.name</c>.</param>
    public string Traces(string service) => $"{XRay}#/traces?filter={Uri.EscapeDataString($"service(\"{service}\")")}&{LastHour}";

    /// <summary>A service of ECS: its deployments, tasks and events.</summary>
    public string Service(string cluster, string service) =>
        $"{_console}/ecs/v2/clusters/{Uri.EscapeDataString(cluster)}/services/{Uri.EscapeDataString(service)}/health?region={region}";

    /// <summary>A stack of CloudFormation.</summary>
    /// <param name="stack">Its id (ARN) or name.</param>
    public string Stack(string stack) =>
        $"{_console}/cloudformation/home?region={region}#/stacks/stackinfo?stackId={Uri.EscapeDataString(stack)}";

    /// <summary>A quota of the account and region, and the way to raise it.</summary>
    /// <param name="service">The code of the service: <c>fargate</c>.</param>
    /// <param name="code">The quota's own: <c>L-3032A538</c>.</param>
    public string Quota(string service, string code) => $"{_console}/servicequotas/home/services/{service}/quotas/{code}?region={region}";

    /// <summary>A database, or where the console lists caches.</summary>
    /// <param name="type">Its type in CloudFormation.</param>
    /// <param name="name">What AWS calls it.</param>
    public string Managed(string type, string name) =>
        type switch
        {
            "AWS::RDS::DBCluster" => $"{_console}/rds/home?region={region}#database:id={Uri.EscapeDataString(name)};is-cluster=true",
            "AWS::RDS::DBInstance" => $"{_console}/rds/home?region={region}#database:id={Uri.EscapeDataString(name)};is-cluster=false",
            "AWS::AmazonMQ::Broker" => $"{_console}/amazon-mq/home?region={region}#/brokers",
            _ => $"{_console}/elasticache/home?region={region}#/",
        };

    private string CloudWatch => $"{_console}/cloudwatch/home?region={region}";

    private string XRay => $"{_console}/xray/home?region={region}";

    /// <summary>The console's own way: percent-encoded twice, with <c>$</c> for the percent signs.</summary>
    private static string EncodeTwice(string text) => Uri.EscapeDataString(Uri.EscapeDataString(text)).Replace('%', '$');
}
