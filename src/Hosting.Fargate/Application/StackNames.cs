using Microsoft.Extensions.Configuration;

namespace Hosting.Fargate.Application;

/// <summary>
/// The names of stacks: the environment resource's, with the host environment's behind it where the command line gave one.
/// </summary>
internal sealed record StackNames(string? Suffix)
{
    /// <summary>Reads what <see cref="FargateCommandLine"/> leaves of <c>--environment</c>.</summary>
    public static StackNames From(IConfiguration configuration) => new(configuration["Fargate:Environment"]?.ToLowerInvariant());

    public string NameOf(FargateEnvironmentResource environment) =>
        Suffix is { Length: > 0 } ? $"{environment.Name}-{Suffix}" : environment.Name;

    /// <summary>The name of the stack beside an application's, with what outlives it.</summary>
    public static string FoundationOf(string application) => $"{application}-foundation";

    /// <summary>The name of the stack in us-east-1 with what CloudFront takes from there alone.</summary>
    public static string EdgeOf(string application) => $"{application}-edge";

    /// <summary>The zone of an application's network in which tasks that end find its services.</summary>
    public static string DnsZoneOf(string application) => $"{application}.internal";
}
