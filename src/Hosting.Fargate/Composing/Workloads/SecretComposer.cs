using System.Text.RegularExpressions;
using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// Text with secrets inside: a secret of its own, which CloudFormation composes from those of the foundation. The description has the
/// versions that it was made from, for CloudFormation resolves a reference again where another property changes, and never because the
/// value did:
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html. In the reference itself a version
/// would be gone after two more changes, and with it every rollback.
/// </summary>
internal static partial class SecretComposer
{
    public static IEnumerable<TemplateResource> Compose(FargateApplication application, Workload workload)
    {
        foreach (var composed in workload.ComposedSecrets)
        {
            var secrets = composed.Value.Parts.OfType<SecretValue>().Select(part => part.Secret).Distinct().ToList();
            var parts = secrets.Select(secret => secret.Name).Distinct();
            yield return new(composed.Id, "AWS::SecretsManager::Secret")
            {
                Comment =
                    $"{workload.Name}: {composed.Variable} has {string.Join(" and ", parts.Select(name => $"'{name}'"))} inside; made from the version that deploy put last",
                DeletionPolicy = "Delete",
                UpdateReplacePolicy = "Delete",
                Properties = new()
                {
                    ["Name"] =
                        $"{application.Name}/{workload.Name}/{NotOfName().Replace(composed.Variable, "-")}{(composed.Suffix.Length > 0 ? $"-{composed.Suffix}" : "")}",
                    ["Description"] = Fn.Sub(
                        $"{Fn.Escape(composed.Variable)} of {workload.Name}, composed from {string.Join(", ", secrets.Select(secret => $"{secret.Path} ${{{secret.VersionParameterId}}}"))}"
                    ),
                    ["SecretString"] = ValueComposer.Compose(composed.Value),
                },
            };
        }
    }

    public static TemplateNode Arn(FargateApplication application, SecretSource source) =>
        source switch
        {
            WholeSecret whole => FoundationOutputs.SecretArn(whole.Secret),
            ComposedSecret composed => Fn.Ref(composed.Id),
            _ => throw new InvalidOperationException($"{source.GetType().Name} is no kind of secret."),
        };

    /// <summary>What a variable may have in its name, such as the colon of .NET's configuration, and a secret may not.</summary>
    [GeneratedRegex("[^A-Za-z0-9/_+=.@-]")]
    private static partial Regex NotOfName();
}
