namespace Hosting.Fargate;

/// <summary>A project or container as a service of ECS: a number of tasks that is kept running.</summary>
public sealed class FargateService : FargateWorkload
{
    internal FargateService()
    {
    }

    /// <summary>How a new version takes over; rolling, with circuit breaker and rollback, unless set.</summary>
    public Deployment? Deployment { get; set; }

    /// <summary>Whether a deployment is rolled back when the alarm on the service's 5xx answers goes off while it is under way.</summary>
    public bool RollBackOnAlarm { get; set; } = true;

    /// <summary>
    /// What is too slow: an alarm goes off where one of 100 requests through the load balancer takes longer, in whole seconds. Five
    /// seconds unless set; null for no such alarm. It counts requests that wait on purpose (long polls) too.
    /// </summary>
    public TimeSpan? SlowAnswer { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long an answer may take on purpose, such as one that waits for a result: whole seconds, up to 3990. The load balancer waits 10 s longer
    /// for a byte than the longest of all services (and 60 s at the least), unless <c>WithIdleTimeout</c> says how long. Not known unless set.
    /// </summary>
    public TimeSpan? LongestAnswer { get; set; }

    /// <summary>How the load balancer asks whether a task works.</summary>
    public HealthCheckOptions HealthCheck { get; } = new();

    /// <summary>Whether <c>aws ecs execute-command</c> may open a shell in its containers.</summary>
    public bool EnableExec { get; set; }

    /// <summary>How long a target that leaves finishes its requests: whole seconds, up to an hour.</summary>
    public TimeSpan DeregistrationDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether the load balancer leads a browser to the same task each time, by a cookie of a day: what keeps a browser's state in a task needs it, such
    /// as Blazor Server and SignalR. Unless set, where a .NET project is external and does not shift traffic as it deploys.
    /// </summary>
    public bool? StickySessions { get; set; }

    /// <summary>
    /// Whether all tasks share the keys of ASP.NET Core Data Protection, so that a cookie or form of one is read by the other and outlives a deploy. Deploy
    /// makes the keys, in Secrets Manager; the application changes nothing, and one that says where its keys are is left alone. Wants .NET 8 or later.
    /// Unless set, where a .NET project is external.
    /// </summary>
    public bool? DataProtectionKeys { get; set; }

    internal List<ServiceRoute> Routes { get; } = [];

    internal ServiceScaling? Scaling { get; private set; }

    /// <summary>
    /// Says which requests of the load balancer come here. One external service alone needs none: it has all; where there are
    /// several, each needs its own. A path that ends in <c>/*</c> means the path itself too. The load balancer passes the path on as it is.
    /// </summary>
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
internal sealed record ServiceRoute(string? Path, string? Host, string? Endpoint, int? Priority);
