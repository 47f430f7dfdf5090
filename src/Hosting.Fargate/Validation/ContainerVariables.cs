using System.Text.RegularExpressions;
using Aws.CloudFormation;

namespace Hosting.Fargate.Validation;

/// <summary>
/// Environment and secrets of containers. Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html,
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
/// </summary>
internal static partial class ContainerVariables
{
    public static IEnumerable<Fault> Check(Template template)
    {
        foreach (var taskDefinition in template.TaskDefinitions())
        {
            foreach (var container in taskDefinition.Containers())
            {
                var environment = container.At("Environment").Maps().ToArray();
                var twice = environment
                    .Concat(container.At("Secrets").Maps())
                    .Select(variable => variable.At("Name").AsText())
                    .OfType<string>()
                    .GroupBy(name => name, StringComparer.Ordinal)
                    .Where(same => same.Count() > 1)
                    .Select(same => same.Key);
                foreach (var name in twice)
                {
                    yield return new Fault(
                        taskDefinition.Id,
                        $"gives {TemplateReading.NameOf(container)} the variable '{name}' more than once. Leave one of them in Environment and Secrets."
                    );
                }

                // Of the dynamic references ssm alone is plain text.
                foreach (
                    var variable in environment.Where(variable =>
                        SecretReference().IsMatch(variable.At("Value").ComposedText(_ => "") ?? "")
                    )
                )
                {
                    yield return new Fault(
                        taskDefinition.Id,
                        $"puts a secret into the environment variable '{variable.At("Name").AsText()}' of {TemplateReading.NameOf(container)}: "
                            + "who may read the task definition reads its value. Put it under Secrets, with the ARN of the secret as ValueFrom."
                    );
                }
            }
        }
    }

    [GeneratedRegex(@"\{\{resolve:(?:secretsmanager|ssm-secure)\b")]
    private static partial Regex SecretReference();
}
