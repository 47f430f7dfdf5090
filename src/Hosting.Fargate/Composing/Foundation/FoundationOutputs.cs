using Aspire.Hosting;
using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// What the foundation's stack gives to the application's: an output of the one is a parameter of the other with the same name, whose
/// value deploy passes on. An export could neither change nor go while it is imported, so that nothing in the foundation could be
/// replaced or exchanged: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html.
/// </summary>
internal static class FoundationOutputs
{
    public static TemplateNode Output(string output) => Fn.Ref(output);

    public static TemplateNode SecretArn(SecretSpec secret) => Output(secret.ArnOutputId);

    /// <summary>The parameters of a template that are outputs of the foundation.</summary>
    public static IEnumerable<string> ParametersOf(FargateApplication application, Template template)
    {
        var outputs = All(application).ToHashSet(StringComparer.Ordinal);
        return template.Parameters.Keys.Where(outputs.Contains);
    }

    /// <summary>Declares as parameters what a template takes from the foundation.</summary>
    /// <exception cref="DistributedApplicationException">Something of the model has the same name.</exception>
    public static void Declare(FargateApplication application, Template template)
    {
        var referred = template
            .Resources.SelectMany(resource => resource.Properties.References())
            .Concat(template.Outputs.References())
            .ToHashSet(StringComparer.Ordinal);
        var plain = application.Parameters.ToDictionary(parameter => parameter.Id, parameter => parameter.Name, StringComparer.Ordinal);
        foreach (var output in All(application).Where(referred.Contains))
        {
            if (plain.TryGetValue(output, out var parameter))
            {
                throw new DistributedApplicationException(
                    $"The parameter '{parameter}' would be '{output}' in the template, and so is an output of {application.FoundationName}. Rename the parameter."
                );
            }

            if (!template.Contains(output))
            {
                template.Parameters[output] ??= new TemplateMap
                {
                    Comment = $"{application.FoundationName}: its output of this name, which deploy passes on",
                    ["Type"] = "String",
                };
            }
        }
    }

    /// <summary>All that it may give, by the model.</summary>
    private static IEnumerable<string> All(FargateApplication application) =>
        [
            .. application.Secrets.Select(secret => secret.ArnOutputId),
            .. application.Data.SelectMany(data => data.Outputs.Select(output => $"{data.Id}{output.Property}")),
            .. application.Sites.Select(site => site.BucketOutputId),
            AccessLogsComposer.Output,
            FlowLogsComposer.Output,
            TemplatesBucketComposer.Output,
        ];
}
