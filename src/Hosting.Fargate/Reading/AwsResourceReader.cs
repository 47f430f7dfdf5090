using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>Queues and buckets of the model.</summary>
internal static class AwsResourceReader
{
    public static Queue Read(SqsQueueResource queue) =>
        new(queue.Name, (int)queue.VisibilityTimeout.TotalSeconds, queue.MaxReceives, queue.ExistingArn);

    public static Bucket Read(S3BucketResource bucket) => new(bucket.Name, bucket.ExpireDays, bucket.IsVersioned, bucket.ExistingArn);

    /// <summary>What exists already is text like any other.</summary>
    public static Value Read(AwsResourceOutput output) =>
        output.Resource.KnownOutput(output.Property) is { } known
            ? new Text(known)
            : new ResourceAttribute(Names.Id(output.Resource.Name), output.Property);
}
