using Aspire.Hosting;

namespace Hosting.Fargate;

/// <summary>A project or container as a service of ECS: a number of tasks that is kept running.</summary>
[AspireExport(ExposeProperties = true, ExposeMethods = true)]
public sealed class FargateService : FargateWorkload
{
    internal FargateService() { }

    /// <summary>How a new version takes over; rolling, with circuit breaker and rollback, unless set.</summary>
    [AspireExportIgnore(Reason = "A value of a class: deployRolling, deployBlueGreen, deployCanary and deployLinear.")]
    public DeploymentStrategy? Deployment { get; set; }

    /// <summary>Whether a deployment is rolled back when the alarm on the service's 5xx answers goes off while it is under way.</summary>
    public bool RollBackOnAlarm { get; set; } = true;

    /// <summary>
    /// What is too slow: an alarm goes off where one of 100 requests through the load balancer takes longer, in whole seconds. Five
    /// seconds unless set; null for no such alarm. It counts requests that wait on purpose (long polls) too.
    /// </summary>
    public TimeSpan? SlowAnswer { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long an answer may take on purpose, such as one that waits for a result: whole seconds, up to 3990. The load balancer waits 10 s
    /// longer for a byte than the longest of all services (and 60 s at the least), unless <c>WithIdleTimeout</c> says how long. Not known
    /// unless set.
    /// </summary>
    public TimeSpan? LongestAnswer { get; set; }

    /// <summary>How the load balancer asks whether a task works.</summary>
    public HealthCheckOptions HealthCheck { get; } = new();

    /// <summary>Whether <c>aws ecs execute-command</c> may open a shell in its containers.</summary>
    public bool EnableExec { get; set; }

    /// <summary>How long a target that leaves finishes its requests: whole seconds, up to an hour.</summary>
    public TimeSpan DeregistrationDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether the load balancer leads a browser to the same task each time, by a cookie of a day: what keeps a browser's state in a task
    /// needs it, such as Blazor Server and SignalR. Unless set, where a .NET project is external and does not shift traffic as it deploys.
    /// </summary>
    public bool? StickySessions { get; set; }

    /// <summary>
    /// Whether all tasks share the keys of ASP.NET Core Data Protection, so that a cookie or form of one is read by the other and outlives
    /// a deploy. Deploy makes the keys, in Secrets Manager; the application changes nothing, and one that says where its keys are is left
    /// alone. Wants .NET 8 or later. Unless set, where a .NET project is external.
    /// </summary>
    public bool? DataProtectionKeys { get; set; }

    internal List<ServiceRoute> Routes { get; } = [];

    internal List<string> PeerEndpoints { get; } = [];

    internal ServiceScaling? Scaling { get; private set; }

    /// <summary>
    /// Says which requests of the load balancer come here. One external service alone needs none: it has all. Of several without a route
    /// the first in the AppHost has all, and each other a host of its own (with <c>WithDomain</c>) or a port of its own.
    /// </summary>
    /// <remarks>
    /// A path that ends in <c>/*</c> means the path itself too. The load balancer passes the path on as it is: with <c>/orders/*</c> the
    /// service sees <c>/orders/1</c>, not <c>/1</c>, and links from the root of the site (<c>/css/site.css</c>) come to whoever has
    /// <c>/*</c>. An application that does not know its path (<c>app.UsePathBase("/orders")</c>) wants a host or a port of its own.
    /// </remarks>
    /// <param name="path">A path such as <c>/orders/*</c>; all paths unless given.</param>
    /// <param name="host">A host name such as <c>api.example.com</c>; all hosts unless given.</param>
    /// <param name="endpoint">The name of the endpoint, where several of the service are external.</param>
    /// <param name="priority">The rule's priority, 1 to 50000, where the one derived from the route is taken.</param>
    public void WithRoute(string? path = null, string? host = null, string? endpoint = null, int? priority = null)
    {
        if (path is null && host is null)
        {
            throw new ArgumentException("A route has a path, a host or both.", nameof(path));
        }

        Routes.Add(new ServiceRoute(path, host, endpoint, priority));
    }

    /// <summary>
    /// Gives an external endpoint a port of its own on the load balancer, where all its requests come from: <c>http://NAME:8443</c>, by
    /// HTTPS where the environment has it.
    /// </summary>
    /// <param name="port">The port, 1 to 65535 without 80 and 443, which all share.</param>
    /// <param name="endpoint">The name of the endpoint, where several of the service are external.</param>
    public void WithPort(int port, string? endpoint = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, 65_535);
        if (port is 80 or 443)
        {
            throw new ArgumentOutOfRangeException(
                nameof(port),
                port,
                "80 and 443 are the ports that all external services share; which requests come here is said by WithRoute."
            );
        }

        Routes.Add(new ServiceRoute(Path: null, Host: null, endpoint, Priority: null) { Port = port });
    }

    /// <summary>
    /// Lets the tasks of the service call each other on an endpoint, by the addresses of tasks and past Service Connect: nodes of a cluster
    /// that find each other by a table or a broadcast of their own. The silos and clients of Orleans need no such word.
    /// </summary>
    /// <param name="endpoint">The name of the endpoint.</param>
    public void WithPeerEndpoint(string endpoint)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(endpoint);
        PeerEndpoints.Add(endpoint);
    }

    /// <summary>
    /// Lets the number of tasks move in a range; by the methods of what is returned. By use of CPU (60 %) where none is called. The
    /// number is not in the template then, so that a deploy does not set it back.
    /// </summary>
    /// <param name="minimum">The fewest tasks; 0 is for a worker that scales by backlog.</param>
    /// <param name="maximum">The most tasks.</param>
    public ServiceScaling Scale(int minimum, int maximum)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minimum);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, Math.Max(minimum, 1));
        return Scaling = new ServiceScaling(minimum, maximum);
    }
}

/// <summary>A route as the model gives it.</summary>
internal sealed record ServiceRoute(string? Path, string? Host, string? Endpoint, int? Priority)
{
    /// <summary>A port of the load balancer that is the endpoint's own.</summary>
    public int? Port { get; init; }

    /// <summary>Whether publish chose it, since the model says none.</summary>
    public bool IsChosen { get; init; }

    /// <summary>What the distribution of CloudFront is called that is the endpoint's own; null where it has none.</summary>
    public string? Distribution { get; init; }

    /// <summary>As a refusal names it.</summary>
    public override string ToString() =>
        Port is null
            ? $"the route '{Host}{Path}'"
            : $"the port {Port.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)} (WithPort)";
}
