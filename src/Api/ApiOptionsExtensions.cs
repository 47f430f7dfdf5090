using Microsoft.Extensions.Options;

namespace Api;

internal static class ApiOptionsExtensions
{
    private static readonly TimeSpan MarginOfWait = TimeSpan.FromSeconds(10);

    /// <summary>Reads the section <c>Api</c>. What it must not say keeps the service from starting.</summary>
    public static void AddApiOptions(this WebApplicationBuilder builder) =>
        builder
            .Services.AddOptions<ApiOptions>()
            .BindConfiguration(ApiOptions.Section)
            .ValidateDataAnnotations()
            .Validate(
                options => options.AllowAnonymous || !string.IsNullOrWhiteSpace(options.Key) || builder.Environment.IsDevelopment(),
                $"Api:Key is not set, and the environment is {builder.Environment.EnvironmentName}: anybody could use the service. Set the key "
                    + "(environment variable Api__Key; in the AppHost the parameter api-key does), or set Api:AllowAnonymous to true if that is meant."
            )
            .Validate(
                options => options.MaxWait <= options.ProxyTimeout - MarginOfWait,
                "Api:MaxWait must be at least ten seconds less than Api:ProxyTimeout: who waits longer is answered by what stands before the "
                    + "service, with an error. Lower Api:MaxWait or, where the load balancer's idle timeout was raised, Api:ProxyTimeout too."
            )
            .ValidateOnStart();

    /// <summary>Whether nobody is asked for a key.</summary>
    public static bool IsOpen(this ApiOptions options) => options.AllowAnonymous || string.IsNullOrWhiteSpace(options.Key);
}
