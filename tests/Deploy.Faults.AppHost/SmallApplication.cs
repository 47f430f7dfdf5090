using Hosting.Fargate;

namespace Deploy.Faults.AppHost;

/// <summary>An application with one of each thing that deploy has a part for, and no image to build.</summary>
public static class SmallApplication
{
    /// <summary>The name of its stack; the foundation's is <c>faults-foundation</c>.</summary>
    public const string Name = "faults";

    /// <param name="args">The command line: <c>deploy --yes</c>, and what the host understands.</param>
    public static DistributedApplication Build(string[] args)
    {
        var builder = DistributedApplication.CreateBuilder(
            new DistributedApplicationOptions { Args = FargateCommandLine.Parse(args), DisableDashboard = true }
        );
        builder.AddFargateEnvironment(Name);

        var greeting = builder.AddParameter("greeting");
        var apiKey = builder.AddParameter("api-key", secret: true);
        var sessionKey = builder.AddParameter(
            "session-key",
            new GenerateParameterDefault { MinLength = 32, Special = false },
            secret: true
        );
        var jobs = builder.AddSqsQueue("jobs");

        // It runs once, before the services.
        builder
            .AddContainer("migrate", "public.ecr.aws/example/migrate", "1")
            .WithEnvironment("API_KEY", apiKey)
            .WithReference(jobs, QueueAccess.Send)
            .PublishAsFargateTask();

        builder
            .AddContainer("web", "public.ecr.aws/example/web", "1")
            .WithHttpEndpoint(targetPort: 8080)
            .WithExternalHttpEndpoints()
            .WithHttpHealthCheck("/health")
            .WithEnvironment("GREETING", greeting)
            .WithEnvironment("API_KEY", apiKey)
            .WithEnvironment("SESSION_KEY", sessionKey)
            .WithEnvironment("CONNECTION", ReferenceExpression.Create($"Server=db.example.com;Password={apiKey}"))
            .WithReference(jobs, QueueAccess.Send)
            .PublishAsFargateService(service => service.Scale(minimum: 2, maximum: 4).OnCpu(percent: 60));
        return builder.Build();
    }
}
