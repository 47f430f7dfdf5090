using System.Globalization;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Markup;

namespace Hosting.Fargate.Writing;

/// <summary>What holds data, and what becomes of it when it leaves the model.</summary>
internal static class DataSection
{
    public static string Write(FargateApplication application, IReadOnlyList<Template> templates)
    {
        var table = new MarkdownTable("Name", "What", "How", "When it leaves the model");
        foreach (var data in application.Data)
        {
            table.Row(
                Markdown.Code(data.Name),
                $"{data.Noun} ({data.Service})",
                data.How,
                Kept(templates, data.Name, data.Type, data.Existing)
            );
        }

        foreach (var site in application.Sites)
        {
            table.Row(
                Markdown.Code(site.Name),
                "bucket (S3) with the files of a site",
                "private, read by CloudFront; the ten newest releases",
                Kept(templates, site.Name, "AWS::S3::Bucket", existing: null)
            );
        }

        foreach (var cache in application.Caches)
        {
            table.Row(
                Markdown.Code(cache.Name),
                cache.Nodes is { } nodes ? $"cache (ElastiCache, Valkey {nodes.EngineVersion})" : "cache (ElastiCache Serverless, Valkey)",
                HowOf(cache),
                Kept(templates, cache.Name, cache.Type, existing: null)
            );
        }

        foreach (var server in application.Databases)
        {
            table.Row(
                Markdown.Code(server.Name),
                $"database ({(server.Aurora is null ? "RDS, " : "")}{server.Engine.Title} {server.Version})",
                HowOf(server),
                Kept(templates, server.Name, server.Aurora is null ? DatabaseTypes.Instance : DatabaseTypes.Cluster, existing: null)
            );
        }

        foreach (var server in application.Databases)
        {
            foreach (var replica in server.Replicas)
            {
                table.Row(
                    Markdown.Code(replica.Name),
                    $"replica of {Markdown.Code(server.Name)}, to read from ({server.Engine.Service})",
                    server.Aurora is null
                        ? $"over TLS, with the password {Markdown.Code(server.Password.Name)}, {Markdown.Code(server.ClassOf(replica))}"
                        : "the instances of the cluster that do not write",
                    server.Aurora is null
                        ? Kept(templates, replica.Name, DatabaseTypes.Instance, existing: null)
                        : $"nothing: it is {Markdown.Code(server.Name)}"
                );
            }
        }

        foreach (var broker in application.Brokers)
        {
            table.Row(
                Markdown.Code(broker.Name),
                $"broker (Amazon MQ, RabbitMQ {broker.Version})",
                $"over TLS, with the password {Markdown.Code(broker.Password.Name)}, {Markdown.Code(broker.Options.InstanceType)}"
                    + (broker.Options.MultiAz ? ", three of them" : ""),
                Kept(templates, broker.Name, Broker.Type, existing: null)
            );
        }

        foreach (var (name, password, server) in application.Existing)
        {
            table.Row(
                Markdown.Code(name),
                "server that exists",
                (server.Tls ? "over TLS" : "without TLS") + (password is null ? "" : $", with the password {Markdown.Code(password.Name)}"),
                $"not of this stack: {Markdown.Code(server.Host)}"
            );
        }

        foreach (var secret in application.Secrets)
        {
            table.Row(
                Markdown.Code(secret.Path),
                secret.Format == ValueFormat.AsIs ? "secret" : "secret, percent-encoded to stand in an address",
                secret.HoldsKeys ? "keys made by deploy, which adds one where the newest is 90 days old"
                    : secret.IsGenerated ? "value made up once, by deploy"
                    : "value asked for, and put by deploy",
                Kept(templates, secret.Name, "AWS::SecretsManager::Secret", existing: null)
            );
        }

        AddComposed(table, application);
        return Markdown.Section("Data and secrets", table.ToString(), AccessLogs(application));
    }

    private static string HowOf(Cache cache) =>
        "over TLS"
        + (cache.Password is { } password ? $", with the password {Markdown.Code(password.Name)}" : ", for all that may reach it")
        + (cache.Serverless?.MaximumGigabytes is { } most ? $", {WorkloadText.Number(most)} GB at the most" : "")
        + (cache.Nodes is { } nodes ? $", {Markdown.Code(nodes.NodeType)}" : "")
        + (cache.Nodes is { Replicas: > 0 and var replicas } ? $" and {WorkloadText.Number(replicas)} more in other zones" : "")
        + (
            (cache.Nodes?.SnapshotDays ?? cache.Serverless?.SnapshotDays) is > 0 and var days
                ? $", a snapshot a day for {WorkloadText.Days(days)}"
                : ""
        );

    private static string HowOf(DatabaseServer server)
    {
        var options = server.Options;
        var size = server switch
        {
            { Aurora: { } aurora } =>
                $"{Capacity(aurora.MinimumCapacity)} to {Capacity(aurora.MaximumCapacity)} ACU{(aurora.Instances > 1 ? $", {WorkloadText.Number(aurora.Instances)} instances" : "")}",
            { Rds: { } rds } => $"{Markdown.Code(server.InstanceClass)}{(rds.MultiAz ? " in two zones" : "")}"
                + (rds.RestoreFrom is null ? $", {WorkloadText.Number(rds.StorageGigabytes)} GiB" + Growth(rds) : ""),
            _ => "",
        };
        return $"over TLS, with the password {Markdown.Code(server.Password.Name)}, {size}, "
            + (server.HasOwnUsers ? "a user for each database, " : "")
            + (options.RestoreFrom is { } snapshot ? $"begun with the snapshot {Markdown.Code(snapshot)}, " : "")
            + (options.BackupDays == 0 ? "no backups" : $"backups of {WorkloadText.Days(options.BackupDays)}")
            + (options.DeletionProtection ? ", protected against deletion" : "");

        static string Growth(RelationalDatabase rds) =>
            rds.MaximumStorageGigabytes is { } most ? $" that grow to {WorkloadText.Number(most)}" : "";

        static string Capacity(decimal units) => units.ToString(CultureInfo.InvariantCulture);
    }

    private static void AddComposed(MarkdownTable table, FargateApplication application)
    {
        foreach (var source in application.Workloads.SelectMany(workload => workload.ComposedSecrets))
        {
            table.Row(
                Markdown.Code($"{source.Workload}/{source.Variable}"),
                "secret, composed",
                $"text with {Markdown.Codes(DiagramOfData.SecretsOf(source).Select(secret => secret.Name).Distinct(StringComparer.Ordinal))} inside",
                "deleted with its stack: it can be composed again"
            );
        }
    }

    /// <summary>As the templates say it, and not as it is meant.</summary>
    private static string Kept(IReadOnlyList<Template> templates, string owner, string type, string? existing)
    {
        if (existing is not null)
        {
            return $"not of this stack: {Markdown.Code(existing)}";
        }

        var found = templates
            .SelectMany(template => template.Resources, (template, resource) => new { Template = template, Resource = resource })
            .FirstOrDefault(pair => pair.Resource.Owner == owner && pair.Resource.Type == type);
        return found?.Resource is not { } resource ? "not in the templates"
            : resource.DeletionPolicy is "Retain" or "RetainExceptOnCreate"
                ? $"kept ({Markdown.Code(found.Template.StackName)}: {resource.DeletionPolicy})"
            : resource.DeletionPolicy is "Snapshot" ? "a snapshot of it is kept"
            : $"deleted ({Markdown.Code(found.Template.StackName)})";
    }

    private static string AccessLogs(FargateApplication application) =>
        application is { HasLoadBalancer: true, Ingress.AccessLogDays: { } days }
            ? $"The load balancer's access logs are in a bucket of {Markdown.Code(application.FoundationName)}, for {WorkloadText.Days(days)}.\n"
            : "";
}
