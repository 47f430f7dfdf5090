using System.Text.Json.Serialization;
using Api.Description;
using Aws.Ecs.Telemetry;
using Microsoft.Extensions.Options;
using Profiles;

namespace Api.Endpoints;

internal static class ProfileEndpoints
{
    /// <summary>Adds what the endpoints need.</summary>
    public static void AddProfileEndpoints(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<JobSender>();
        builder.Services.AddSingleton<ProfileWatch>();
        builder.Services.LeaveOutOfTraces(GetProfile.IsLongPoll);
        builder.Services.Configure<RouteOptions>(options => options.SetParameterPolicy<ProfileIdConstraint>(ProfileIdConstraint.Name));
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.Converters.Add(new CamelCaseEnumConverter<ProfileStatus>());
            options.SerializerOptions.Converters.Add(new CamelCaseEnumConverter<ColumnType>());
        });
    }

    /// <summary>Maps <c>/profiles</c>.</summary>
    public static void MapProfiles(this WebApplication app)
    {
        const string One = $"{{id:{ProfileIdConstraint.Name}}}";

        var profiles = app.MapGroup("/profiles").RequireAuthorization().WithTags("Profiles");
        profiles.MapPost("", CreateProfile.HandleAsync).WithName("CreateProfile").DescribeCreate().DisableRequestTimeout();
        profiles.MapGet("", ListProfiles.HandleAsync).WithName("ListProfiles").DescribeList();
        profiles.MapGet(One, GetProfile.HandleAsync).WithName("GetProfile").DescribeGet();
        profiles.MapDelete(One, DeleteProfile.HandleAsync).WithName("DeleteProfile").DescribeDelete();

        if (app.Services.GetRequiredService<IOptions<ApiOptions>>().Value.IsOpen())
            app.Logger.LogWarning(
                "Nobody is asked for a key: anybody who reaches this service may use it. Set {Setting}.",
                $"{ApiOptions.Section}:{nameof(ApiOptions.Key)}"
            );
    }
}
