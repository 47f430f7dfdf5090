namespace Hosting.Fargate.Application;

/// <summary>A queue of the model.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="VisibilitySeconds">How long a received message is hidden from others.</param>
/// <param name="MaxReceives">How often a message is received before it goes to the dead-letter queue; null where there is none.</param>
/// <param name="ExistingArn">The ARN where the queue is there already.</param>
internal sealed record Queue(string Name, int VisibilitySeconds, int? MaxReceives, string? ExistingArn)
{
    public string Id => Names.Id(Name);

    /// <summary>The last part of its ARN where it exists.</summary>
    public string? ExistingName => ExistingArn?[(ExistingArn.LastIndexOf(':') + 1)..];
}

/// <summary>A bucket of the model.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="Versioned">Whether old versions are kept for 30 days.</param>
/// <param name="ExistingArn">The ARN where the bucket is there already.</param>
/// <param name="ExpireDays">After how many days objects are deleted; null for never.</param>
internal sealed record Bucket(string Name, int? ExpireDays, bool Versioned, string? ExistingArn)
{
    public string Id => Names.Id(Name);
}

/// <summary>A file system for a volume of the model, of those containers that mount it.</summary>
/// <param name="Name">The volume's name in the model.</param>
/// <param name="ExistingId">The id where the file system is there already.</param>
internal sealed record FileSystem(string Name, string? ExistingId = null)
{
    public string Id => Names.Id(Name);
}

/// <summary>What the tasks of a service may do with something, and the line of the model that says so.</summary>
internal abstract record Grant(string Reason);

internal sealed record QueueGrant(Queue Queue, QueueAccess Access, string Reason) : Grant(Reason);

internal sealed record BucketGrant(Bucket Bucket, BucketAccess Access, string Reason) : Grant(Reason);

internal sealed record StatementGrant(PolicyStatement Statement, string Reason) : Grant(Reason);

internal sealed record VolumeGrant(Volume Volume, bool IsReadOnly, string Reason) : Grant(Reason);
