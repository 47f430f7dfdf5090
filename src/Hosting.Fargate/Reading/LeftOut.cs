using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Reading;

/// <summary>What a model has and this environment does not make, and what to write in its place where something needs it.</summary>
internal static class LeftOut
{
    /// <summary>Whether it is a resource of Azure, by its name: a model for AWS alone has none of those packages.</summary>
    public static bool IsOfAzure(IResource resource)
    {
        for (var type = resource.GetType(); type is not null; type = type.BaseType)
        {
            if (type.FullName?.StartsWith("Aspire.Hosting.Azure.", StringComparison.Ordinal) == true)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What to write for a resource of Azure that something published needs.</summary>
    public static string InPlaceOf(IResource azure)
    {
        var parent = (azure as IResourceWithParent)?.Parent.Name ?? azure.Name;
        return azure.GetType().Name switch
        {
            "AzurePostgresFlexibleServerResource" => OnAws(azure, $"builder.AddPostgres(\"{azure.Name}\")", "a database of Amazon RDS"),
            "AzurePostgresFlexibleServerDatabaseResource" => OnAws(
                azure,
                $"builder.AddPostgres(\"{parent}\").AddDatabase(\"{azure.Name}\")",
                "a database of Amazon RDS"
            ),
            "AzureSqlServerResource" => OnAws(azure, $"builder.AddSqlServer(\"{azure.Name}\")", "a database of Amazon RDS"),
            "AzureSqlDatabaseResource" => OnAws(
                azure,
                $"builder.AddSqlServer(\"{parent}\").AddDatabase(\"{azure.Name}\")",
                "a database of Amazon RDS"
            ),
            "AzureRedisCacheResource" or "AzureRedisEnterpriseResource" or "AzureManagedRedisResource" => OnAws(
                azure,
                $"builder.AddRedis(\"{azure.Name}\")",
                "a cache of ElastiCache"
            ),
            _ => $"Where the model is published, take one that exists: IResourceBuilder<IResourceWithConnectionString> x = "
                + $"builder.ExecutionContext.IsPublishMode ? builder.AddConnectionString(\"{azure.Name}\") : "
                + $"…; its value is that of ConnectionStrings:{azure.Name}."
                + azure.GetType().Name switch
                {
                    "AzureBlobStorageResource" or "AzureBlobStorageContainerResource" =>
                        " For a bucket of Amazon S3, with a program that speaks to that: AddS3Bucket.",
                    "AzureQueueStorageResource" or "AzureServiceBusResource" or "AzureServiceBusQueueResource" =>
                        " For a queue of Amazon SQS, with a program that speaks to that: AddSqsQueue.",
                    "AzureTableStorageResource" or "AzureCosmosDBResource" or "AzureCosmosDBDatabaseResource" =>
                        " For a table of Amazon DynamoDB, with a program that speaks to that: AddDynamoDBTable.",
                    "AzureApplicationInsightsResource" => " CloudWatch has traces and metrics without it: there the reference may go.",
                    _ => "",
                },
        };
    }

    /// <summary>What AWS has of the same, under the name that programs know it by.</summary>
    private static string OnAws(IResource azure, string added, string what) =>
        $"Where the model is published, take {what}, in place of all that the model has of it: "
        + $"IResourceBuilder<IResourceWithConnectionString> x = builder.ExecutionContext.IsPublishMode ? {added} : …; or one that exists: "
        + $"builder.AddConnectionString(\"{azure.Name}\"), whose value is that of ConnectionStrings:{azure.Name}.";

    /// <summary>
    /// Whether it is a stack of CloudFormation that Aspire.Hosting.AWS makes or reads on a laptop, by the name of what it implements:
    /// https://github.com/aws/integrations-on-dotnet-aspire-for-aws/blob/main/src/Aspire.Hosting.AWS/CloudFormation/ICloudFormationResource.cs.
    /// </summary>
    public static bool IsStack(IResource resource) =>
        Array.Exists(resource.GetType().GetInterfaces(), type =>
            type.FullName == "Aspire.Hosting.AWS.CloudFormation.ICloudFormationResource"
        );

    /// <summary>What to write for a stack whose outputs others have by WithReference.</summary>
    public static string InPlaceOfStack(IResource stack) =>
        "is a stack of CloudFormation of its own (Aspire.Hosting.AWS), which deploy neither "
        + "makes nor reads: make it beforehand. What refers to it has none of its outputs and permissions on AWS. Give them where the model "
        + $"is published: .WithEnvironment(\"AWS__Resources__…\", builder.AddParameter(\"{stack.Name}-…\")) and service.Allow; or have "
        + "queues, buckets and tables made here (AddSqsQueue, AddS3Bucket, AddDynamoDBTable).";

    /// <summary>
    /// Whether it is a function of AWS Lambda that Aspire.Hosting.AWS runs on a laptop, by the name of its type, which is a project's:
    /// https://github.com/aws/integrations-on-dotnet-aspire-for-aws/blob/main/src/Aspire.Hosting.AWS/Lambda/LambdaProjectResource.cs.
    /// </summary>
    public static bool IsFunction(IResource resource) => IsOfType(resource, "Aspire.Hosting.AWS.Lambda.LambdaProjectResource");

    /// <summary>What to write for a function of Lambda.</summary>
    public const string InPlaceOfFunction =
        "is a function of AWS Lambda (Aspire.Hosting.AWS), which events call and no service runs, and is left out. Deploy it by its own "
        + "means (dotnet lambda deploy-function), or have a project do its work: .WithReference(queue, QueueAccess.Consume), "
        + ".WithExternalHttpEndpoints().";

    /// <summary>
    /// What a package's own code does here while the AppHost runs, which on AWS nobody does, by the name of its type; null for anything
    /// else: https://github.com/CommunityToolkit/Aspire.
    /// </summary>
    public static string? DoneHere(IResource resource) =>
        resource.GetType().Name switch
        {
            "OllamaModelResource" => "is a model that the AppHost pulls here, and nobody on AWS. Have a program do so as it starts (POST "
                + "/api/pull), or the container: .WithEntrypoint(\"/bin/sh\").WithArgs(\"-c\", \"ollama serve & until ollama list; do "
                + "sleep 1; done; ollama pull …; wait\").",
            "DaprSidecarResource" =>
                "is a sidecar of Dapr, which runs here only: on AWS what it stands beside has none. Put one there, with "
                    + "its components: service.AddSidecar(\"daprd\", \"daprio/daprd:…\").",
            "DaprComponentResource" =>
                "is a component of Dapr, which its sidecars here have, and is left out: on AWS they are the model's to "
                    + "add (service.AddSidecar).",
            _ => null,
        };

    /// <summary>The resource of Azure that a value is of; null where it is of none.</summary>
    public static IResource? AzureBehind(object value) =>
        value switch
        {
            IResource resource => IsOfAzure(resource) ? resource : null,
            IValueWithReferences references => references
                .References.Select(reference => reference == value ? null : AzureBehind(reference))
                .FirstOrDefault(resource => resource is not null),
            _ => null,
        };

    /// <summary>
    /// Why there is nothing of a resource to refer to, where the model itself says so: who excludes it excludes it from what others are
    /// told. Null where the model says nothing.
    /// </summary>
    public static string? WhyAbsent(IResource resource) =>
        resource.IsExcludedFromPublish() || ExcludedParentOf(resource) is not null ? "which the model excludes (ExcludeFromManifest)."
        : resource.HasAnnotationOfType<ContainerFilesSourceAnnotation>() ? "of which files are published and no server."
        : BrowserProjects.IsOne(resource) ? "which is files for browsers and no server."
        : IsFunction(resource) ? "a function of AWS Lambda."
        : null;

    private static bool IsOfType(IResource resource, string name)
    {
        for (var type = resource.GetType(); type is not null; type = type.BaseType)
        {
            if (type.FullName == name)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What it is a part of that the model excludes; null where there is no such thing.</summary>
    public static IResource? ExcludedParentOf(IResource resource)
    {
        var parent = ParentOf(resource);
        for (var depth = 0; parent is not null && depth < 16; depth++, parent = ParentOf(parent))
        {
            if (parent.IsExcludedFromPublish())
            {
                return parent;
            }
        }

        return null;
    }

    /// <summary>By the dashboard's word alone a project or container is a part of nothing: it runs on its own.</summary>
    private static IResource? ParentOf(IResource resource) =>
        resource is IResourceWithParent { Parent: var parent } ? parent
        : resource is ProjectResource or ContainerResource ? null
        : resource
            .Annotations.OfType<ResourceRelationshipAnnotation>()
            .FirstOrDefault(relationship => relationship.Type == "Parent")
            ?.Resource;
}
