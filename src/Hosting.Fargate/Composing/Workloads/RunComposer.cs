using System.Text;
using System.Text.Json;
using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// How a task is started by hand: an output with the input of RunTask, as the AWS CLI takes it. <c>run</c> and <c>deploy</c> start tasks
/// by it too, so that what is deployed can be run whatever the model has become. Source:
/// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html.
/// </summary>
internal static class RunComposer
{
    /// <summary>What the name of such an output ends with.</summary>
    public const string Ending = "Run";

    public static string Output(TaskSpec task) => $"{task.Id}{Ending}";

    public static TemplateMap Compose(FargateApplication application, TaskSpec task) =>
        new()
        {
            Comment = $"{task.Declaration}: aws ecs run-task --cli-input-json with this starts it",
            ["Value"] = Fn.Sub(Text(Input(application, task))),
        };

    /// <summary>The input of RunTask.</summary>
    public static TemplateMap Input(FargateApplication application, TaskSpec task)
    {
        var isExternal = task.Capacity is ExternalCapacity;
        return new()
        {
            ["Cluster"] = Fn.Ref(SharedIds.Cluster),
            ["TaskDefinition"] = Fn.Ref(TaskDefinitionComposer.Id(task)),
            ["LaunchType"] = isExternal ? "EXTERNAL" : null,
            ["CapacityProviderStrategy"] = ServiceComposer.CapacityStrategy(task.Capacity),
            ["NetworkConfiguration"] = isExternal
                ? null
                : application.Network.Configuration(ServiceComposer.SecurityGroupId(task), task.Capacity),
            ["PropagateTags"] = "TASK_DEFINITION",
            ["EnableECSManagedTags"] = true,
        };
    }

    /// <summary>JSON with <c>${Name}</c> where a reference is, and names as the API has them.</summary>
    public static string Text(TemplateMap input)
    {
        var text = new StringBuilder();
        Write(text, input);
        return text.ToString();
    }

    private static void Write(StringBuilder text, TemplateNode node)
    {
        switch (node)
        {
            case TemplateFunction:
                var reference = node.AllReferences().Single();
                text.Append($"\"${{{reference.Id}{(reference.Attribute is { } attribute ? $".{attribute}" : "")}}}\"");
                break;
            case TemplateMap map:
                WriteAll(text, '{', map, '}', pair =>
                {
                    text.Append($"\"{char.ToLowerInvariant(pair.Key[0])}{pair.Key[1..]}\":");
                    Write(text, pair.Value);
                });
                break;
            case TemplateList list:
                WriteAll(text, '[', list, ']', item => Write(text, item));
                break;
            default:
                var value = node.ToString()!;
                text.Append(
                    node.AsInt() is not null || node.AsBool() is not null
                        ? value.ToLowerInvariant()
                        : Fn.Escape(JsonSerializer.Serialize(value))
                );
                break;
        }
    }

    private static void WriteAll<T>(StringBuilder text, char before, IEnumerable<T> items, char after, Action<T> write)
    {
        text.Append(before);
        foreach (var (index, item) in items.Index())
        {
            if (index > 0)
            {
                text.Append(',');
            }

            write(item);
        }

        text.Append(after);
    }
}
