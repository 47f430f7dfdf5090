using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Instrumentation.AspNetCore;

namespace Aws.Ecs.Telemetry;

/// <summary>Which requests are in no trace.</summary>
public static class TracedRequests
{
    /// <summary>
    /// Keeps requests out of the traces, with all that is done for them: those that tell more of their sender's patience than of the
    /// service, such as long polls. Their lines in the log and their metrics stay.
    /// </summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="isLeftOut">Tells by the request; it has no route yet.</param>
    /// <returns><paramref name="services"/>, to chain calls.</returns>
    public static IServiceCollection LeaveOutOfTraces(this IServiceCollection services, Func<HttpRequest, bool> isLeftOut)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(isLeftOut);
        return services.PostConfigureAll<AspNetCoreTraceInstrumentationOptions>(options =>
        {
            var others = options.Filter;
            options.Filter = context => others?.Invoke(context) != false && !isLeftOut(context.Request);
        });
    }
}
