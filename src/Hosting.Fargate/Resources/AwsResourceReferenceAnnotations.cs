using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate;

/// <summary>A service refers to a queue. Published, it is a grant to the role of the service's tasks.</summary>
internal sealed record QueueReferenceAnnotation(SqsQueueResource Queue, QueueAccess Access) : IResourceAnnotation;

/// <summary>A service refers to a bucket. Published, it is a grant to the role of the service's tasks.</summary>
internal sealed record BucketReferenceAnnotation(S3BucketResource Bucket, BucketAccess Access) : IResourceAnnotation;
