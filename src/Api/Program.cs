using Amazon.Runtime;
using Api;
using Api.Description;
using Api.Endpoints;
using Api.Errors;
using Api.Outbox;
using Api.Reading;
using Api.Security;
using Api.Uploads;
using Microsoft.Extensions.Options;
using Profiles;

try
{
    var builder = WebApplication.CreateBuilder(args);

    builder.AddServiceDefaults();
    builder.AddProfiles();
    builder.AddApiOptions();
    builder.AddApiKey();
    builder.AddRequestLimits();
    builder.AddUploads();
    builder.AddOutbox();
    builder.AddReading();
    builder.AddProblems();
    builder.AddProfileEndpoints();
    builder.AddApiDescription();

    var app = builder.Build();

    app.UseSafeHeaders();
    app.UseProblems();
    app.UseRequestTimeouts();
    app.UseAuthentication();
    app.UseRateLimiter();
    app.UseAuthorization();

    app.MapProfiles();
    app.MapApiDescription();
    // Health says nothing of S3 and SQS: where they fail, every task would leave the load balancer, and not one be the better for it.
    app.MapDefaultEndpoints();

    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (exception is MissingResourceException or OptionsValidationException or AmazonClientException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
