using Microsoft.Extensions.Configuration;

namespace Profiles;

/// <summary>The bucket and the queue, as the AppHost names them in configuration.</summary>
/// <param name="Bucket">The name of the S3 bucket <c>datasets</c>.</param>
/// <param name="QueueUrl">The address of the SQS queue <c>jobs</c>.</param>
public sealed record ProfileResources(string Bucket, string QueueUrl)
{
    internal static ProfileResources From(IConfiguration configuration) =>
        new(Required(configuration, "datasets", "BucketName"), Required(configuration, "jobs", "QueueUrl"));

    private static string Required(IConfiguration configuration, string resource, string property)
    {
        var key = $"AWS:Resources:{resource}:{property}";
        return configuration[key] is { Length: > 0 } value
            ? value
            : throw new MissingResourceException(
                $"{key} is not configured. The AppHost sets it where a project has WithReference({resource}, …); to start this project alone, "
                    + $"set the environment variable {key.Replace(":", "__", StringComparison.Ordinal)}."
            );
    }
}

/// <summary>A resource that the service cannot do without is not configured. The message is for the person who started it.</summary>
public sealed class MissingResourceException(string message) : Exception(message);
