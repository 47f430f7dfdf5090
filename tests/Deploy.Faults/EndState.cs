using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;
using Deploy.Faults.AppHost;
using Testing.Fargate;
using KeyValuePair = System.Collections.Generic.KeyValuePair;
using Task = System.Threading.Tasks.Task;

namespace Deploy.Faults;

/// <summary>
/// What a deploy leaves in the account, as text that two deploys of the same model have alike: stacks with template, parameters and
/// resources, services with their task definitions, the values of secrets. What is random or counted is written by what it stands for.
/// </summary>
internal sealed class EndState : IDisposable
{
    private static readonly BasicAWSCredentials s_credentials = new("test", "test");

    private readonly AmazonCloudFormationClient _cloudFormation;
    private readonly AmazonECSClient _ecs;
    private readonly AmazonSecretsManagerClient _secrets;

    private EndState(string url, string region)
    {
        _cloudFormation = new(s_credentials, new AmazonCloudFormationConfig { ServiceURL = url, AuthenticationRegion = region });
        _ecs = new(s_credentials, new AmazonECSConfig { ServiceURL = url, AuthenticationRegion = region });
        _secrets = new(s_credentials, new AmazonSecretsManagerConfig { ServiceURL = url, AuthenticationRegion = region });
    }

    /// <param name="url">The emulator's own address, so that looking is neither recorded nor failed.</param>
    /// <param name="region">Where the deploy went.</param>
    public static async Task<string> ReadAsync(string url, string region = EmulatedAws.Region)
    {
        using var state = new EndState(url, region);
        var text = new StringBuilder();
        var versions = await state.SecretsAsync(text);
        await state.StackAsync(text, $"{SmallApplication.Name}-foundation", versions);
        await state.StackAsync(text, SmallApplication.Name, versions);
        await state.ServicesAsync(text);
        return text.ToString();
    }

    /// <summary>When tasks of the run-once task were made and stopped, the earliest first.</summary>
    public static async Task<IReadOnlyList<(DateTime Created, DateTime Stopped)>> MigrationTimesAsync(
        string url,
        string region = EmulatedAws.Region
    )
    {
        using var state = new EndState(url, region);
        var tasks = await state._ecs.ListTasksAsync(
            new ListTasksRequest
            {
                Cluster = SmallApplication.Name,
                Family = $"{SmallApplication.Name}-migrate",
                DesiredStatus = DesiredStatus.STOPPED,
            }
        );
        var described = await state._ecs.DescribeTasksAsync(
            new DescribeTasksRequest { Cluster = SmallApplication.Name, Tasks = tasks.TaskArns }
        );
        return [.. described.Tasks.Select(task => (task.CreatedAt!.Value, task.StoppedAt!.Value)).Order()];
    }

    /// <summary>The value of a secret.</summary>
    public static async Task<string> SecretAsync(string url, string name, string region = EmulatedAws.Region)
    {
        using var state = new EndState(url, region);
        return (
            await state._secrets.GetSecretValueAsync(new GetSecretValueRequest { SecretId = $"{SmallApplication.Name}/{name}" })
        ).SecretString;
    }

    public void Dispose()
    {
        _cloudFormation.Dispose();
        _ecs.Dispose();
        _secrets.Dispose();
    }

    /// <returns>What each secret's ARN, which ends at random, and each version is to be called.</returns>
    private async Task<Dictionary<string, string>> SecretsAsync(StringBuilder text)
    {
        Dictionary<string, string> versions = [];
        var secrets = (await _secrets.ListSecretsAsync(new ListSecretsRequest())).SecretList ?? [];
        foreach (var secret in secrets.OrderBy(secret => secret.Name, StringComparer.Ordinal))
        {
            var value = await _secrets.GetSecretValueAsync(new GetSecretValueRequest { SecretId = secret.ARN });
            versions.Add(secret.ARN, $"<the ARN of {secret.Name}>");
            versions.Add(value.VersionId, $"<the current version of {secret.Name}>");
            text.AppendLine(
                $"secret {secret.Name}: {(secret.Name.EndsWith("session-key", StringComparison.Ordinal) ? $"<{value.SecretString.Length} letters>" : value.SecretString)}"
            );
        }

        return versions;
    }

    private async Task StackAsync(StringBuilder text, string name, Dictionary<string, string> versions)
    {
        Stack stack;
        try
        {
            stack = (await _cloudFormation.DescribeStacksAsync(new DescribeStacksRequest { StackName = name })).Stacks.Single();
        }
        catch (AmazonCloudFormationException exception) when (exception.ErrorCode == "ValidationError")
        {
            text.AppendLine($"no stack {name}");
            return;
        }

        text.AppendLine($"stack {name}: {Word(stack.StackStatus.Value)}");
        foreach (var parameter in (stack.Parameters ?? []).OrderBy(parameter => parameter.ParameterKey, StringComparer.Ordinal))
        {
            text.AppendLine(
                $"  {parameter.ParameterKey} = {versions.GetValueOrDefault(parameter.ParameterValue, parameter.ParameterValue)}"
            );
        }

        foreach (
            var resource in (
                await _cloudFormation.ListStackResourcesAsync(new ListStackResourcesRequest { StackName = name })
            ).StackResourceSummaries.OrderBy(resource => resource.LogicalResourceId, StringComparer.Ordinal)
        )
        {
            text.AppendLine($"  {resource.LogicalResourceId} {resource.ResourceType} {Word(resource.ResourceStatus.Value)}");
        }

        var template = await _cloudFormation.GetTemplateAsync(
            new GetTemplateRequest { StackName = name, TemplateStage = TemplateStage.Original }
        );
        text.AppendLine(Sorted(JsonNode.Parse(template.TemplateBody))?.ToJsonString(s_readable));
    }

    private static readonly JsonSerializerOptions s_readable = new() { WriteIndented = true };

    private static string Word(string status) =>
        status is "CREATE_COMPLETE" or "UPDATE_COMPLETE" or "IMPORT_COMPLETE" ? "complete" : status;

    /// <summary>The order of names in a template depends on which of them came first.</summary>
    private static JsonNode? Sorted(JsonNode? node) =>
        node switch
        {
            JsonObject map => new JsonObject(
                map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, Sorted(pair.Value)))
            ),
            JsonArray list => new JsonArray([.. list.Select(Sorted)]),
            _ => node?.DeepClone(),
        };

    private async Task ServicesAsync(StringBuilder text)
    {
        List<Amazon.ECS.Model.Service> services;
        try
        {
            services = (
                await _ecs.DescribeServicesAsync(new DescribeServicesRequest { Cluster = SmallApplication.Name, Services = ["web"] })
            ).Services
                ?? [];
        }
        catch (ClusterNotFoundException)
        {
            text.AppendLine("no cluster");
            return;
        }

        foreach (var service in services)
        {
            text.AppendLine($"service {service.ServiceName}: {service.Status}, {service.DesiredCount} wanted");
            var definition = (
                await _ecs.DescribeTaskDefinitionAsync(new DescribeTaskDefinitionRequest { TaskDefinition = service.TaskDefinition })
            ).TaskDefinition;
            foreach (var container in definition.ContainerDefinitions)
            {
                text.AppendLine($"  {container.Name}: {container.Image}");
                foreach (var variable in (container.Environment ?? []).OrderBy(variable => variable.Name, StringComparer.Ordinal))
                {
                    text.AppendLine($"    {variable.Name}={variable.Value}");
                }

                foreach (var secret in container.Secrets ?? [])
                {
                    text.AppendLine($"    {secret.Name} from a secret");
                }
            }
        }
    }
}
