using System.Collections.Concurrent;
using System.Diagnostics;
using Amazon;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.ECS;
using Amazon.Runtime;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Tests.Aws;

namespace AWSSDK.Tests.Wire;

/// <summary>What hangs on settings of the whole process: these tests run while no others do.</summary>
[CollectionDefinition(nameof(ProcessWideTests), DisableParallelization = true)]
public sealed class ProcessWideCollection;

[Collection(nameof(ProcessWideTests))]
public sealed class ProcessWideTests
{
    [Fact]
    public async Task AWS_ENDPOINT_URL_is_where_every_client_goes_unless_one_names_its_service()
    {
        await using var every = await AwsServer.StartAsync(request =>
            request.Operation is null ? LoopbackService.Xml("ListExports") : LoopbackService.Json("{}")
        );
        await using var secrets = await LoopbackService.AnswerAsync(LoopbackService.Json("{}"));
        using var environment = new EnvironmentScope(
            ("AWS_ENDPOINT_URL", every.Address),
            ("AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.Address),
            ("AWS_REGION", "eu-central-1"),
            ("AWS_ACCESS_KEY_ID", "from-environment"),
            ("AWS_SECRET_ACCESS_KEY", "secret"),
            ("AWS_SESSION_TOKEN", "token")
        );
        using var cloudFormation = new AmazonCloudFormationClient(new AmazonCloudFormationConfig());
        using var secretsManager = new AmazonSecretsManagerClient(new AmazonSecretsManagerConfig());

        await cloudFormation.ListExportsAsync(new ListExportsRequest());
        await secretsManager.ListSecretsAsync(new ListSecretsRequest());

        Assert.Contains("Credential=from-environment/", every.Requests.Single().Headers["Authorization"]);
        Assert.Contains("/eu-central-1/cloudformation/", every.Requests.Single().Headers["Authorization"]);
        Assert.Equal("token", every.Requests.Single().Headers["X-Amz-Security-Token"]);
        Assert.Equal("ListSecrets", secrets.Requests.Single().Operation);
    }

    [Fact]
    public async Task A_profile_gives_credentials_and_endpoint()
    {
        await using var server = await LoopbackService.AnswerAsync(LoopbackService.Json("{}"));
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var file = Path.Combine(folder.FullName, "credentials");
            await File.WriteAllTextAsync(
                file,
                $"""
                [deployer]
                aws_access_key_id = from-profile
                aws_secret_access_key = secret
                endpoint_url = {server.Address}
                """
            );
            using var environment = new EnvironmentScope(
                ("AWS_ENDPOINT_URL", null),
                ("AWS_REGION", "ap-southeast-2"),
                ("AWS_ACCESS_KEY_ID", null),
                ("AWS_SECRET_ACCESS_KEY", null)
            );
            using var client = new AmazonECSClient(new AmazonECSConfig { Profile = new Profile("deployer", file) });

            await client.ListTasksAsync(new());

            Assert.Contains("Credential=from-profile/", server.Requests.Single().Headers["Authorization"]);
            Assert.Contains("/ap-southeast-2/ecs/", server.Requests.Single().Headers["Authorization"]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_client_comes_from_the_dependency_injection_of_AWSSDK_Extensions_NETCore_Setup()
    {
        await using var server = await LoopbackService.AnswerAsync(LoopbackService.Json("{}"));
        using var environment = new EnvironmentScope(
            ("AWS_ENDPOINT_URL", server.Address),
            ("AWS_REGION", "eu-west-1"),
            ("AWS_ACCESS_KEY_ID", "key"),
            ("AWS_SECRET_ACCESS_KEY", "secret")
        );
        await using var services = new ServiceCollection().AddAWSService<IAmazonECS>().BuildServiceProvider();

        await services.GetRequiredService<IAmazonECS>().ListTasksAsync(new());

        Assert.Equal("ListTasks", server.Requests.Single().Operation);
    }

    [Fact]
    public async Task A_secret_is_never_logged_even_where_everything_is()
    {
        const string Secret = "hunter2-hunter2";
        var failing = true;
        await using var server = await AwsServer.StartAsync(request =>
            request.Operation switch
            {
                "GetSecretValue" => LoopbackService.Json($$"""{"Name": "key", "SecretString": "{{Secret}}"}"""),
                "PutSecretValue" when failing => LoopbackService.JsonError("InternalServiceError", "Broken.", 500),
                _ => LoopbackService.Json("""{"ARN": "arn:of-the-secret"}"""),
            }
        );
        var log = new LogListener();
        AWSConfigs.LoggingConfig.LogTo = LoggingOptions.SystemDiagnostics;
        AWSConfigs.LoggingConfig.LogResponses = ResponseLoggingOption.Always;
        AWSConfigs.LoggingConfig.LogMetrics = true;
        AWSConfigs.AddTraceListener("Amazon", log);
        try
        {
            using var client = (AmazonSecretsManagerClient)LoopbackService.Client(TestedService.SecretsManager, server, retries: 1);
            var put = new PutSecretValueRequest { SecretId = "key", SecretString = Secret };
            var exception = await Assert.ThrowsAsync<AmazonSecretsManagerException>(() => client.PutSecretValueAsync(put));
            failing = false;
            await client.PutSecretValueAsync(put);

            Assert.Equal(Secret, (await client.GetSecretValueAsync(new GetSecretValueRequest { SecretId = "key" })).SecretString);
            Assert.DoesNotContain(Secret, exception.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            AWSConfigs.RemoveTraceListener("Amazon", log.Name);
            AWSConfigs.LoggingConfig.LogMetrics = false;
            AWSConfigs.LoggingConfig.LogResponses = ResponseLoggingOption.Never;
            AWSConfigs.LoggingConfig.LogTo = LoggingOptions.None;
        }

        var text = string.Join('\n', log.Lines);
        Assert.Contains("PutSecretValue", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
    }

    private sealed class LogListener() : TraceListener("log")
    {
        public ConcurrentQueue<string?> Lines { get; } = new();

        public override void Write(string? message) => Lines.Enqueue(message);

        public override void WriteLine(string? message) => Lines.Enqueue(message);
    }

    private sealed class EnvironmentScope : IDisposable
    {
        private readonly (string Name, string? Value)[] _before;

        public EnvironmentScope(params (string Name, string? Value)[] variables)
        {
            _before = [.. variables.Select(variable => (variable.Name, Environment.GetEnvironmentVariable(variable.Name)))];
            Set(variables);
        }

        public void Dispose() => Set(_before);

        private static void Set((string Name, string? Value)[] variables)
        {
            foreach (var (name, value) in variables)
            {
                Environment.SetEnvironmentVariable(name, value);
            }

            // Core remembers the region that it found first.
            FallbackRegionFactory.Reset();
        }
    }
}
