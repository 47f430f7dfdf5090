using Api.Security;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Profiles;
using Scalar.AspNetCore;

namespace Api.Description;

/// <summary>
/// The OpenAPI document at <c>/openapi/v1.json</c> and the page that shows it at <c>/scalar</c>. Both are open to anybody, where they are:
/// in Development, or where <see cref="ApiOptions.ShowDescription"/> says so.
/// </summary>
internal static class ApiDescription
{
    private const string Title = "Dataset profiler";

    public static void AddApiDescription(this WebApplicationBuilder builder) =>
        builder.Services.AddOpenApi(options =>
            options
                .AddDocumentTransformer(
                    (document, _, _) =>
                    {
                        Describe(document);
                        return Task.CompletedTask;
                    }
                )
                .AddSchemaTransformer(
                    (schema, context, _) =>
                    {
                        if (context.JsonTypeInfo.Type == typeof(ProfileId))
                            DescribeId(schema);
                        return Task.CompletedTask;
                    }
                )
        );

    public static void MapApiDescription(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment() && !app.Services.GetRequiredService<IOptions<ApiOptions>>().Value.ShowDescription)
            return;
        app.MapOpenApi();
        // From the package's own files, for there may be no way out to the network: no CDN, no fonts, nothing that calls home.
        app.MapScalarApiReference(options =>
            options.WithTitle(Title).DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideDeveloperTools()
        );
        app.MapGet("/", () => TypedResults.Redirect("/scalar")).ExcludeFromDescription();
    }

    private static void DescribeId(OpenApiSchema schema)
    {
        schema.Type = JsonSchemaType.String;
        schema.Pattern = "^[0-9a-f]{32}$";
        schema.Description = "32 hexadecimal digits. Ids of later profiles come first in order.";
    }

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = Title,
            Version = "1",
            Description = """
                Takes CSV files and tells, column by column, what is in them: type, counts, extremes, mean, deviation, quantiles, distinct and
                most frequent values. `POST /profiles` takes a file, `GET /profiles/{id}?wait=30` waits for its profile.
                Every error is a problem as RFC 9457 has it, in `application/problem+json`; its `detail` says what to do.
                """,
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[ApiKeyAuthenticationHandler.SchemeName] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = ApiKeyAuthenticationHandler.HeaderName,
            Description =
                "The AppHost's parameter `api-key`. For reading in a browser it may also be the password of HTTP Basic authentication.",
        };
        document.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ApiKeyAuthenticationHandler.SchemeName, document)] = [] },
        ];
    }
}
