using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>What the command line of an AppHost means.</summary>
internal static class AppHostConfiguration
{
    private static readonly Dictionary<string, string> s_switches = new()
    {
        ["--operation"] = "AppHost:Operation",
        ["--publisher"] = "Publishing:Publisher",
        ["--step"] = "Pipeline:Step",
        ["--output-path"] = "Pipeline:OutputPath",
        ["--log-level"] = "Pipeline:LogLevel",
        ["--include-exception-details"] = "Pipeline:IncludeExceptionDetails",
        ["--clear-cache"] = "Pipeline:ClearCache",
        ["--yes"] = "Pipeline:SkipConfirmation",
    };

    /// <summary>Makes the switches of the official command line configuration.</summary>
    public static void AddPipelineSwitches(this ConfigurationManager configuration, string[] args)
    {
        configuration.AddCommandLine(args, s_switches);
        if (string.Equals(configuration["Publishing:Publisher"], "manifest", StringComparison.OrdinalIgnoreCase))
        {
            configuration["Pipeline:Step"] = NotEmpty(configuration["Pipeline:Step"]) ?? "publish-manifest";
            configuration["AppHost:Operation"] = NotEmpty(configuration["AppHost:Operation"]) ?? "publish";
        }
    }

    /// <summary>Reads what the AppHost was started for.</summary>
    /// <exception cref="DistributedApplicationException">It is something that there is not.</exception>
    public static DistributedApplicationExecutionContextOptions ReadOperation(IConfiguration configuration)
    {
        var publisher = configuration["Publishing:Publisher"];
        return configuration["AppHost:Operation"]?.ToLowerInvariant() switch
        {
            null when publisher is null => new(DistributedApplicationOperation.Run),
            null => new(DistributedApplicationOperation.Publish, publisher),
            "run" => new(DistributedApplicationOperation.Run),
            "publish" => new(DistributedApplicationOperation.Publish, publisher ?? "manifest"),
            var operation => throw new DistributedApplicationException(
                $"Invalid operation specified: '{operation}'. Valid operations are 'publish' or 'run'."),
        };
    }

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
