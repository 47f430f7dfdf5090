using Microsoft.AspNetCore.Http;

namespace ServiceDefaults;

/// <summary>The paths of the two health endpoints.</summary>
internal static class HealthEndpoints
{
    /// <summary>Whether the service wants requests: what a load balancer asks.</summary>
    public const string Readiness = "/health";

    /// <summary>Whether the process works: what decides on a restart.</summary>
    public const string Liveness = "/alive";

    public static bool Contains(PathString path) => path.StartsWithSegments(Readiness) || path.StartsWithSegments(Liveness);
}
