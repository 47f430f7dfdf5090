namespace Deploy.Tests;

/// <summary>A call to AWS as IAM sees it.</summary>
/// <param name="Action">The action: <c>ecs:RunTask</c>.</param>
/// <param name="Resource">The ARN of what it is on; <c>*</c> where it is on nothing, or on a list.</param>
internal sealed record PermittedCall(string Action, string Resource)
{
    private const string Region = EmulatedAws.Region;
    private const string Account = "123456789012";

    /// <summary>The service whose own role is made; null where none is.</summary>
    public string? ServiceName { get; init; }

    /// <summary>Of a call that the emulator has seen; null for one that nobody needs a permission for.</summary>
    /// <param name="call">As <c>GET /emulator/calls</c> has it.</param>
    /// <param name="typesOf">The resource types of an action, by the service authorization reference.</param>
    public static PermittedCall? Of(JsonNode call, Func<string, IReadOnlyList<string>> typesOf)
    {
        var (service, operation, parameters) = ((string)call["service"]!, (string)call["operation"]!, call["parameters"]!);
        var action = ActionOf(service, operation, parameters);
        return action is null
            ? null
            : new PermittedCall(action, typesOf(action).Count == 0 ? "*" : ResourceOf(action, parameters, typesOf(action)))
            {
                ServiceName = Text(parameters, "AWSServiceName"),
            };
    }

    public static string? ActionOf(string service, string operation, JsonNode parameters) =>
        service switch
        {
            "sts" => null,
            "monitoring" => $"cloudwatch:{operation}",
            "s3" => OfS3(operation, (string)parameters["path"]!, (string?)parameters["query"] ?? ""),
            "xray" => $"xray:{((string)parameters["path"]!).Trim('/')}",
            "mq" => OfMq(operation, (string)parameters["path"]!),
            _ => $"{service}:{operation}",
        };

    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html</summary>
    private static string OfS3(string method, string path, string query)
    {
        var parameters = query.Split('&').Select(parameter => parameter.Split('=')[0]).ToHashSet(StringComparer.Ordinal);
        return (method, IsObject(path)) switch
        {
            ("GET", false) when parameters.Contains("location") => "s3:GetBucketLocation",
            ("GET", false) when parameters.Contains("versions") => "s3:ListBucketVersions",
            ("GET", false) when parameters.Contains("list-type") => "s3:ListBucket",
            ("POST", false) when parameters.Contains("delete") => "s3:DeleteObjectVersion",
            ("GET" or "HEAD", true) => "s3:GetObject",
            ("DELETE", true) when parameters.Contains("uploadId") => "s3:AbortMultipartUpload",
            ("DELETE", true) => "s3:DeleteObject",
            ("PUT" or "POST", true) => "s3:PutObject",
            _ => throw new NotSupportedException($"{method} {path}?{query} of S3 has no action here."),
        };
    }

    /// <summary>https://docs.aws.amazon.com/amazon-mq/latest/api-reference/resources.html</summary>
    private static string OfMq(string method, string path) =>
        (method, path.Trim('/').Split('/')) switch
        {
            ("GET", ["v1", "brokers", _]) => "mq:DescribeBroker",
            _ => throw new NotSupportedException($"{method} {path} of Amazon MQ has no action here."),
        };

    private static bool IsObject(string path) => path.Trim('/').Contains('/');

    private static string ResourceOf(string action, JsonNode parameters, IReadOnlyList<string> types) =>
        action.Split(':')[0] switch
        {
            "cloudformation" => Text(parameters, "StackName") is var stack && stack?.StartsWith("arn:", StringComparison.Ordinal) == true
                ? stack
                : Arn("cloudformation", $"stack/{stack ?? "shop"}/01234567-89ab-cdef-0123-456789abcdef"),
            "ecs" => OfEcs(action, parameters, types),
            "ecr" => Arn("ecr", $"repository/{Text(parameters, "repositoryName") ?? (string)parameters["repositoryNames"]![0]!}"),
            "secretsmanager" => Text(parameters, "SecretId")!.StartsWith("arn:", StringComparison.Ordinal)
                ? Text(parameters, "SecretId")!
                : Arn("secretsmanager", $"secret:{Text(parameters, "SecretId")}-AbCdEf"),
            "servicequotas" => Arn("servicequotas", $"{Text(parameters, "ServiceCode")}/{Text(parameters, "QuotaCode")}"),
            "iam" => $"arn:aws:iam::{Account}:role/aws-service-role/{Text(parameters, "AWSServiceName")}/AWSServiceRole",
            "sqs" => Arn("sqs", Text(parameters, "QueueName") ?? Text(parameters, "QueueUrl")!.Split('/')[^1]),
            "logs" => Arn(
                "logs",
                $"log-group:{Text(parameters, "logGroupName")}:{(types.Contains("log-stream") ? "log-stream:api/api/1" : "*")}"
            ),
            "mq" => Arn("mq", $"broker:shop-messaging:{Text(parameters, "path")!.Split('/')[^1]}"),
            "elasticache" => Arn(
                "elasticache",
                $"{types[0]}:{Text(parameters, "ServerlessCacheName") ?? Text(parameters, "ReplicationGroupId")}"
            ),
            "rds" => Text(parameters, "DBClusterIdentifier") is { } cluster ? Arn("rds", $"cluster:{cluster}")
            : Text(parameters, "DBInstanceIdentifier") is { } database ? Arn("rds", $"db:{database}")
            : "*",
            "s3" =>
                $"arn:aws:s3:::{(types.Contains("object") ? Text(parameters, "path")!.Trim('/') + (IsObject(Text(parameters, "path")!) ? "" : "/a") : Text(parameters, "path")!.Trim('/').Split('/')[0])}",
            _ => "*",
        };

    private static string OfEcs(string action, JsonNode parameters, IReadOnlyList<string> types)
    {
        var cluster = Text(parameters, "cluster");
        return types[0] switch
        {
            "service" => Arn(
                "ecs",
                $"service/{cluster}/{(Text(parameters, "service") ?? (string?)parameters["services"]?[0] ?? (string?)parameters["serviceDeploymentArns"]?[0])!.Split('/')[^1]}"
            ),
            "task" => Arn("ecs", $"task/{cluster}/{(Text(parameters, "task") ?? (string)parameters["tasks"]![0]!).Split('/')[^1]}"),
            "task-definition" => Text(parameters, "taskDefinition")!,
            "cluster" => Arn("ecs", $"cluster/{cluster}"),
            _ when action == "ecs:ListTasks" => "*",
            var type => throw new NotSupportedException($"{action} is on {type}, which has no ARN here."),
        };
    }

    private static string? Text(JsonNode parameters, string name) => (string?)parameters[name];

    private static string Arn(string service, string resource) => $"arn:aws:{service}:{Region}:{Account}:{resource}";
}
