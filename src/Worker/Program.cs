using Amazon.Runtime;
using Microsoft.Extensions.Options;
using Profiles;
using Worker.Jobs;

try
{
    var builder = Host.CreateApplicationBuilder(args);

    builder.AddServiceDefaults();
    builder.AddProfiles();
    builder.AddJobConsumer();

    await builder.Build().RunAsync();
    return 0;
}
catch (Exception exception) when (exception is MissingResourceException or OptionsValidationException or AmazonClientException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
