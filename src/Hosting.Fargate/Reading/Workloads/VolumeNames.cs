using Aspire.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Hosting.Fargate.Reading;

/// <summary>What a volume is called on AWS, where its name is what keeps its data.</summary>
/// <param name="AppHostHash">What stands in the names that Aspire makes up (<c>WithDataVolume()</c>), between the AppHost's and the
/// resource's; null where it is not known.</param>
internal sealed record VolumeNames(string? AppHostHash)
{
    /// <summary>
    /// How much of the AppHost's hash is in a name:
    /// https://github.com/microsoft/aspire/blob/main/src/Aspire.Hosting/VolumeNameGenerator.cs.
    /// </summary>
    private const int HashLength = 10;

    public static VolumeNames From(DistributedApplicationExecutionContext context) =>
        new(
            context.Services.GetRequiredService<IConfiguration>()["AppHost:Sha256"] is { Length: >= HashLength } hash
                ? hash[..HashLength].ToLowerInvariant()
                : null
        );

    /// <summary>
    /// The volume's name without what says whose AppHost it is: <c>shop.apphost-0123456789-db-data</c> is <c>db-data</c>. So it is the same
    /// volume in every checkout, and after the AppHost's project is renamed.
    /// </summary>
    public string Of(string name) =>
        AppHostHash is { } hash
        && name.IndexOf($"-{hash}-", StringComparison.Ordinal) is > 0 and var index
        && name[(index + hash.Length + 2)..] is { Length: > 0 } own
            ? own
            : name;

    /// <summary>
    /// The name as a task definition takes it: letters, digits, hyphens and underscores, up to 255. Source:
    /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Volume.html.
    /// </summary>
    public static string InTask(string name)
    {
        var safe = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-'));
        return safe.Length > 255 ? safe[..255] : safe;
    }
}
