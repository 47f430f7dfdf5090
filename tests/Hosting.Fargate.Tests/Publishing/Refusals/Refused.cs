using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Tests.Publishing.Refusals;

/// <summary>Models with one thing wrong.</summary>
internal static class Refused
{
    /// <summary>That a model is refused for one reason, in words that say what is wrong and what to write instead.</summary>
    public static async Task ForAsync(Action<IDistributedApplicationBuilder> model, params string[] words)
    {
        var message = await Published.RefusalAsync(model);
        Assert.StartsWith("The model cannot be published to 'shop' (one problem):", message, StringComparison.Ordinal);
        Assert.All(words, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    /// <summary>That a worker with these options is refused for one reason.</summary>
    public static Task WorkerAsync(Action<FargateService> configure, params string[] words) =>
        ForAsync(builder => builder.AddWorker("worker").PublishAsFargateService(configure), ["'worker' ", .. words]);

    /// <summary>That an external service with these options is refused for one reason.</summary>
    public static Task ApiAsync(Action<FargateService> configure, params string[] words) =>
        ForAsync(builder => builder.AddWeb("api").WithExternalHttpEndpoints().PublishAsFargateService(configure), ["'api' ", .. words]);

    /// <summary>That a value in a worker's environment is refused for one reason.</summary>
    public static Task ValueAsync(Func<IDistributedApplicationBuilder, object> value, params string[] words) =>
        ForAsync(
            builder =>
            {
                var given = value(builder);
                builder.AddWorker("worker").WithEnvironment(context => context.EnvironmentVariables["VALUE"] = given);
            },
            ["VALUE of 'worker' ", .. words]
        );
}
