using System.ComponentModel;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate;

namespace Aspire.Hosting;

/// <summary>What is said of each resource of AWS in the same way.</summary>
public static class AwsResourceBuilderExtensions
{
    /// <summary>Not to be called: a reference says what it is for, and the compiler says how.</summary>
    /// <param name="builder">Who uses it.</param>
    /// <param name="resource">The queue, bucket or table.</param>
    [Obsolete(
        "Say what it may do, for its role allows no more: WithReference(queue, QueueAccess.Send), WithReference(bucket, BucketAccess.Read), "
            + "WithReference(table, TableAccess.ReadWrite).",
        error: true
    )]
    [EditorBrowsable(EditorBrowsableState.Never)]
    [AspireExportIgnore(Reason = "It is there to be refused by the compiler.")]
    public static IResourceBuilder<T> WithReference<T>(this IResourceBuilder<T> builder, IResourceBuilder<AwsResource> resource)
        where T : IResourceWithEnvironment => throw new NotSupportedException();
}
