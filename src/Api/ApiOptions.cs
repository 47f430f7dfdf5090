using System.ComponentModel.DataAnnotations;

namespace Api;

/// <summary>The configuration section <c>Api</c>.</summary>
internal sealed record ApiOptions
{
    public const string Section = "Api";

    /// <summary>What <c>X-Api-Key</c> has to hold. Where it is not set, nobody is asked for a key.</summary>
    public string? Key { get; init; }

    /// <summary>The largest file that is taken, in bytes.</summary>
    [Range(1, long.MaxValue)]
    public long MaxUploadSize { get; init; } = 2L << 30;

    /// <summary>The longest that a request for a profile waits, whatever it asks for.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromSeconds(60);
}

internal static class ApiOptionsExtensions
{
    public static void AddApiOptions(this WebApplicationBuilder builder)
        => builder.Services.AddOptions<ApiOptions>()
            .BindConfiguration(ApiOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
}
