using Aws.CloudFormation;

namespace Hosting.Fargate.Validation;

/// <summary>
/// What the log driver <c>awslogs</c> must be told. Source:
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specify-log-config.html
/// </summary>
internal static class ContainerLogs
{
    public static IEnumerable<Fault> Check(Template template)
    {
        foreach (var taskDefinition in template.TaskDefinitions())
        {
            foreach (var container in taskDefinition.Containers())
            {
                foreach (
                    var fault in Check(
                        taskDefinition,
                        container.At("LogConfiguration"),
                        TemplateReading.NameOf(container),
                        taskDefinition.IsForFargate()
                    )
                )
                {
                    yield return fault;
                }
            }
        }

        foreach (var service in template.Services())
        {
            var isForFargate = template.TaskDefinitionOf(service)?.IsForFargate() == true;
            foreach (
                var fault in Check(
                    service,
                    service.Properties.At("ServiceConnectConfiguration", "LogConfiguration"),
                    "Service Connect",
                    isForFargate
                )
            )
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<Fault> Check(TemplateResource resource, TemplateNode? configuration, string what, bool isForFargate)
    {
        var options = configuration.At("Options");
        if (configuration.At("LogDriver").AsText() != "awslogs" || (options is not null && options.AsMap() is null))
        {
            yield break;
        }

        string[] needed = isForFargate ? ["awslogs-group", "awslogs-region", "awslogs-stream-prefix"] : ["awslogs-group", "awslogs-region"];
        if (needed.Where(option => options.At(option) is null).ToArray() is { Length: > 0 } missing)
        {
            yield return new Fault(
                resource.Id,
                $"has the log driver awslogs for {what} without {string.Join(" and ", missing)}. Add that to LogConfiguration.Options."
            );
        }
    }
}
