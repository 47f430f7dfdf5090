using Microsoft.AspNetCore.Authentication;

namespace Api.Security;

internal static class ApiKeyExtensions
{
    /// <summary>Asks for the API key wherever an endpoint requires authorization.</summary>
    public static void AddApiKey(this WebApplicationBuilder builder)
    {
        builder
            .Services.AddAuthentication(ApiKeyAuthenticationHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthenticationHandler>(
                ApiKeyAuthenticationHandler.SchemeName,
                configureOptions: null
            );
        builder.Services.AddAuthorization();
    }
}
