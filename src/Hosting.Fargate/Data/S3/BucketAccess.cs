namespace Hosting.Fargate;

/// <summary>What a service may do with a bucket. Deployed, each becomes statements in the role of the service's tasks.</summary>
[Flags]
public enum BucketAccess
{
    /// <summary>Read objects and list them: s3:GetObject on the objects, s3:ListBucket on the bucket.</summary>
    Read = 1,

    /// <summary>Write objects, in parts too: s3:PutObject, s3:AbortMultipartUpload, s3:ListMultipartUploadParts on the objects.</summary>
    Write = 2,

    /// <summary>Delete objects: s3:DeleteObject on the objects.</summary>
    Delete = 4,

    /// <summary>Read and write.</summary>
    ReadWrite = Read | Write,
}
