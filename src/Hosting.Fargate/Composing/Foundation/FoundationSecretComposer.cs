using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Data;

namespace Hosting.Fargate.Composing;

/// <summary>A secret for each secret parameter, without a value: deploy puts it.</summary>
internal static class FoundationSecretComposer
{
    public static void Add(Template template, FargateApplication application, SecretSpec secret)
    {
        var form = secret.Format == ValueFormat.Uri ? ", percent-encoded to stand in an address" : "";
        template.Add(
            new TemplateSection(
                "secrets",
                [
                    Kept.Resource(
                        new(secret.Id, "AWS::SecretsManager::Secret")
                        {
                            Comment = secret.HoldsKeys
                                ? $"{secret.Description} (service.DataProtectionKeys): no value here, deploy makes them and adds one every 90 days"
                                : $"AddParameter(\"{secret.Name}\", secret: true){form}: no value here, deploy puts it"
                                    + (secret.IsGenerated ? ", made up once" : ""),
                            Owner = secret.Name,
                            Properties = new()
                            {
                                ["Name"] = $"{application.Name}/{secret.Path}",
                                ["Description"] = (form.Length > 0 ? secret.Description?.TrimEnd('.') : secret.Description) is { } said
                                    ? said + form
                                    : $"{secret.Name} of {application.Name}{form}",
                            },
                        }
                    ),
                ]
            )
        );
        FoundationComposer.Give(template, secret.ArnOutputId, Fn.Ref(secret.Id));
    }
}
