using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate;

/// <summary>
/// References to what AWS has, as AppHosts in other languages write them: flags are several values there, and a method has one name for one
/// kind of thing.
/// </summary>
internal static class PolyglotReferences
{
    /// <summary>Tells a program of a queue, and lets it do what it is to do there.</summary>
    /// <param name="builder">The program.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="access">What it is to do with messages, and no more.</param>
    [AspireExport]
    public static IResourceBuilder<T> WithQueueReference<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<SqsQueueResource> queue,
        QueueAccess[] access
    )
        where T : IResourceWithEnvironment => builder.WithReference(queue, access.Aggregate((all, one) => all | one));

    /// <summary>Tells a program of a bucket, and lets it do what it is to do there.</summary>
    /// <param name="builder">The program.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="access">What it is to do with objects, and no more.</param>
    [AspireExport]
    public static IResourceBuilder<T> WithBucketReference<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<S3BucketResource> bucket,
        BucketAccess[] access
    )
        where T : IResourceWithEnvironment => builder.WithReference(bucket, access.Aggregate((all, one) => all | one));

    /// <summary>Tells a program of a table, and lets it do what it is to do there.</summary>
    /// <param name="builder">The program.</param>
    /// <param name="table">The table.</param>
    /// <param name="access">What it is to do with items, and no more.</param>
    [AspireExport]
    public static IResourceBuilder<T> WithTableReference<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<DynamoDBTableResource> table,
        TableAccess[] access
    )
        where T : IResourceWithEnvironment => builder.WithReference(table, access.Aggregate((all, one) => all | one));
}
