using Aspire.Hosting;

namespace Hosting.Fargate.Tests.Publishing.Refusals;

/// <summary>Publishing as the command line does it, with all steps of the host.</summary>
internal static class Pipeline
{
    /// <returns>The exit code.</returns>
    public static async Task<int> PublishAsync(string folder, Action<IDistributedApplicationBuilder> model)
    {
        var builder = DistributedApplication.CreateBuilder(
            new DistributedApplicationOptions
            {
                Args = FargateCommandLine.Parse(["publish", "--output-path", folder]),
                DisableDashboard = true,
            }
        );
        builder.AddFargateEnvironment("shop");
        model(builder);
        using var app = builder.Build();
        var before = Environment.ExitCode;
        try
        {
            Environment.ExitCode = 0;
            await app.RunAsync(TestContext.Current.CancellationToken);
            return Environment.ExitCode;
        }
        catch (DistributedApplicationException)
        {
            return 1;
        }
        finally
        {
            Environment.ExitCode = before;
        }
    }
}
