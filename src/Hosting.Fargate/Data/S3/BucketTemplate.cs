using Aws.CloudFormation;

namespace Hosting.Fargate.Data;

/// <summary>Buckets: encrypted, closed to the public, over TLS alone.</summary>
internal static class BucketTemplate
{
    public static string IdOf(string id) => $"{id}Bucket";

    /// <summary>A bucket of the foundation under a name that is the application's own.</summary>
    /// <param name="application">The name of the application's stack.</param>
    /// <param name="name">What it is called besides.</param>
    /// <param name="id">Its logical id.</param>
    /// <param name="comment">What it is there for.</param>
    /// <param name="rules">What becomes of its objects.</param>
    public static TemplateResource Named(string application, string name, string id, string comment, params TemplateNode[] rules)
    {
        var properties = new TemplateMap
        {
            ["BucketName"] = Fn.Sub($"{application}-{name.ToLowerInvariant()}-${{AWS::AccountId}}-${{AWS::Region}}"),
        };
        foreach (var (property, value) in Properties([.. rules]))
        {
            properties[property] = value;
        }

        return Kept.Resource(new(id, BucketType.Name) { Comment = comment, Properties = properties });
    }

    /// <summary>stack-bucket-123456789012-ap-southeast-1: S3 takes 63 characters.</summary>
    public static string? RefuseName(string application, string name)
    {
        const int most = 63 - 1 - 12 - 1 - 14 - 1;
        return application.Length + name.Length <= most
            ? null
            : $"'{name}' would be a bucket named "
                + $"{application}-{name.ToLowerInvariant()}-ACCOUNT-REGION, and S3 takes 63 characters. "
                + $"The names of environment and bucket have {application.Length + name.Length} together; shorten them to {most}.";
    }

    /// <summary>A bucket of the foundation that CloudFormation gives a name.</summary>
    /// <param name="id">Its logical id.</param>
    /// <param name="comment">What it is there for.</param>
    /// <param name="rules">What becomes of its objects.</param>
    public static TemplateResource Unnamed(string id, string comment, params TemplateNode[] rules) =>
        Kept.Resource(new(id, BucketType.Name) { Comment = comment, Properties = Properties([.. rules]) });

    /// <summary>Parts of uploads that nobody finishes go after a day.</summary>
    public static TemplateNode UnfinishedUploads() =>
        new TemplateMap
        {
            ["Id"] = "unfinished-uploads",
            ["Status"] = "Enabled",
            ["AbortIncompleteMultipartUpload"] = new TemplateMap { ["DaysAfterInitiation"] = 1 },
        };

    /// <summary>Objects go some days after they were written.</summary>
    public static TemplateNode Expiration(int days) =>
        new TemplateMap
        {
            ["Id"] = "expiration",
            ["Status"] = "Enabled",
            ["ExpirationInDays"] = days,
        };

    private static TemplateMap Properties(List<TemplateNode> rules) =>
        new()
        {
            ["BucketEncryption"] = new TemplateMap
            {
                ["ServerSideEncryptionConfiguration"] = new TemplateList([
                    new TemplateMap { ["ServerSideEncryptionByDefault"] = new TemplateMap { ["SSEAlgorithm"] = "AES256" } },
                ]),
            },
            ["PublicAccessBlockConfiguration"] = new TemplateMap
            {
                ["BlockPublicAcls"] = true,
                ["BlockPublicPolicy"] = true,
                ["IgnorePublicAcls"] = true,
                ["RestrictPublicBuckets"] = true,
            },
            ["OwnershipControls"] = new TemplateMap
            {
                ["Rules"] = new TemplateList([new TemplateMap { ["ObjectOwnership"] = "BucketOwnerEnforced" }]),
            },
            ["LifecycleConfiguration"] = rules.Count == 0 ? null : new TemplateMap { ["Rules"] = new TemplateList(rules) },
        };

    /// <summary>The policy of a bucket.</summary>
    /// <param name="bucket">The bucket's logical id.</param>
    /// <param name="comment">What it says.</param>
    /// <param name="more">Who may do what beside those whose roles say so.</param>
    public static TemplateResource Policy(string bucket, string comment = "over TLS alone", params TemplateNode[] more) =>
        new($"{bucket}Policy", "AWS::S3::BucketPolicy")
        {
            Comment = comment,
            Properties = new()
            {
                ["Bucket"] = Fn.Ref(bucket),
                ["PolicyDocument"] = new TemplateMap
                {
                    ["Version"] = "2012-10-17",
                    ["Statement"] = new TemplateList([
                        TlsOnly.Statement(
                            "s3:*",
                            [Fn.GetAtt(bucket, "Arn"), Fn.Sub($"${{{bucket}.Arn}}/*")],
                            more.Length > 0 ? "over TLS alone" : null
                        ),
                        .. more,
                    ]),
                },
            },
        };
}
