using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Data;

namespace Hosting.Fargate.Composing;

/// <summary>
/// What must be there before images and secret values can be put, and everything with data. It is kept when it leaves the template, and
/// only deploy takes it away.
/// </summary>
internal static class FoundationComposer
{
    /// <summary>Composes it for the application's templates: what those take, it gives, and no more.</summary>
    /// <param name="application">The application.</param>
    /// <param name="taking">The application's templates.</param>
    /// <param name="keepsTemplates">Whether CloudFormation takes templates from a bucket.</param>
    public static Template Compose(FargateApplication application, IEnumerable<Template> taking, bool keepsTemplates)
    {
        var template = new Template(
            application.FoundationName,
            $"{application.Name}: what outlives the application - images, secrets, data. Made by publish from the model; {application.Name} takes its outputs as parameters."
        );
        foreach (var workload in application.Workloads.Where(workload => workload.Main.Image is BuiltImage))
        {
            RepositoryComposer.Add(template, application, workload);
        }

        template.Add(
            new TemplateSection(
                "images of others",
                [
                    .. application.Safeguards.Caches.Values.Select(cache => new TemplateResource(
                        $"{Names.Id(cache.Registry)}Cache",
                        "AWS::ECR::PullThroughCacheRule"
                    )
                    {
                        Comment = $"WithPullThroughCache(\"{cache.Registry}\"): its images come through this registry, which keeps them",
                        Properties = new()
                        {
                            ["EcrRepositoryPrefix"] = cache.Prefix,
                            ["UpstreamRegistryUrl"] = cache.UpstreamUrl,
                            ["CredentialArn"] = cache.CredentialArn,
                        },
                    }),
                ]
            )
        );
        foreach (var secret in application.Secrets)
        {
            FoundationSecretComposer.Add(template, application, secret);
        }

        foreach (var data in application.Data.Where(data => data.Existing is null))
        {
            Add(template, application, data);
        }

        foreach (var site in application.Sites)
        {
            SiteComposer.AddBucket(template, application, site);
        }

        if (application is { HasLoadBalancer: true, Ingress.AccessLogDays: { } days })
        {
            AccessLogsComposer.Add(template, application, days);
        }

        if (application.Network is OwnNetwork { FlowLogDays: { } flowLogDays })
        {
            FlowLogsComposer.AddBucket(template, application, flowLogDays);
        }

        if (keepsTemplates)
        {
            TemplatesBucketComposer.Add(template, application);
        }

        BucketLogsComposer.Add(template, application);
        if (application.Safeguards.KeepsLogs)
        {
            foreach (var workload in application.Definitions)
            {
                template.Add(new TemplateSection("logs", [Kept.Resource(ServiceComposer.LogGroup(application, workload))]));
            }
        }

        if (application.HasEdgeStack)
        {
            Give(template, EdgeStackComposer.Marker, application.EdgeName);
        }

        // Deploy itself asks for the bucket: a large template that is not nested takes nothing of it.
        var wanted = taking
            .SelectMany(other => FoundationOutputs.ParametersOf(application, other))
            .Append(TemplatesBucketComposer.Output)
            .Append(EdgeStackComposer.Marker)
            .ToHashSet(StringComparer.Ordinal);
        var imported = taking.SelectMany(other => FoundationImports.Of(application, other)).ToHashSet(StringComparer.Ordinal);
        foreach (var output in template.Outputs.Keys.ToList())
        {
            if (imported.Contains(output))
            {
                template.Outputs.Map(output)["Export"] = new TemplateMap { ["Name"] = FoundationImports.NameOf(application, output) };
            }
            else if (!wanted.Contains(output))
            {
                template.Outputs[output] = null;
            }
        }

        if (template.Resources.Count == 0)
        {
            // A stack has one resource at the least, and deploy wants one to keep its place.
            template.Add(
                new TemplateSection(
                    "nothing to keep yet",
                    [
                        new("Nothing", "AWS::CloudFormation::WaitConditionHandle")
                        {
                            Comment = "free, and does nothing: a stack has one resource at the least",
                        },
                    ]
                )
            );
        }

        Tagging.Apply(template, application);
        return template;
    }

    private static void Add(Template template, FargateApplication application, DataResource data)
    {
        List<TemplateResource> resources = [.. data.Compose(application.Name)];
        resources.ForEach(resource => resource.Owner = data.Name);
        template.Add(new TemplateSection(data.Section, resources));
        foreach (var (property, value) in data.Outputs)
        {
            Give(template, $"{data.Id}{property}", value);
        }
    }

    /// <summary>Gives a value to the application's stack, if that takes it.</summary>
    internal static void Give(Template template, string output, TemplateNode value) =>
        template.Outputs[output] = new TemplateMap { ["Value"] = value };
}
