using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ServiceDefaults;

/// <summary>What browsers speak, behind more than one proxy.</summary>
internal static class ForwardedProtoExtensions
{
    /// <summary>
    /// Looks for the scheme of a request in the header that <c>ForwardedHeaders:ForwardedProtoHeaderName</c> names, where it names one:
    /// behind CloudFront that comes to a load balancer by HTTP, <c>X-Forwarded-Proto</c> says how CloudFront came, and
    /// <c>CloudFront-Forwarded-Proto</c> what the browser used. It counts where forwarded headers do: with
    /// <c>ASPNETCORE_FORWARDEDHEADERS_ENABLED</c>, which Aspire sets for what it publishes.
    /// </summary>
    public static void ConfigureForwardedProto(this IHostApplicationBuilder builder) =>
        builder
            .Services.AddOptions<ForwardedHeadersOptions>()
            .Configure<IConfiguration>(
                (options, configuration) =>
                {
                    if (configuration["ForwardedHeaders:ForwardedProtoHeaderName"] is { Length: > 0 } header)
                    {
                        options.ForwardedProtoHeaderName = header;
                    }
                }
            );
}
