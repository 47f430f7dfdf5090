using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>Buckets: encrypted, closed to the public, over TLS alone.</summary>
internal static class BucketComposer
{
    /// <param name="template">The foundation.</param>
    /// <param name="application">The application.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="comment">What it is there for, where it is not the model's own.</param>
    /// <param name="statements">Who may do what beside those whose roles say so.</param>
    public static void Add(
        Template template,
        FargateApplication application,
        Bucket bucket,
        string? comment = null,
        TemplateNode[]? statements = null
    )
    {
        var id = $"{bucket.Id}Bucket";
        List<TemplateNode> rules =
        [
            new TemplateMap
            {
                ["Id"] = "unfinished-uploads",
                ["Status"] = "Enabled",
                ["AbortIncompleteMultipartUpload"] = new TemplateMap { ["DaysAfterInitiation"] = 1 },
            },
        ];
        if (bucket.ExpireDays is { } days)
        {
            rules.Add(
                new TemplateMap
                {
                    ["Id"] = "expiration",
                    ["Status"] = "Enabled",
                    ["ExpirationInDays"] = days,
                }
            );
        }

        if (bucket.Versioned)
        {
            rules.Add(
                new TemplateMap
                {
                    ["Id"] = "old-versions",
                    ["Status"] = "Enabled",
                    ["NoncurrentVersionExpiration"] = new TemplateMap { ["NoncurrentDays"] = 30 },
                }
            );
        }

        var properties = BucketProperties(rules);
        var named = new TemplateMap
        {
            ["BucketName"] = Fn.Sub($"{application.Name}-{bucket.Name.ToLowerInvariant()}-${{AWS::AccountId}}-${{AWS::Region}}"),
        };
        foreach (var (name, value) in properties)
        {
            named[name] = value;
        }

        named["VersioningConfiguration"] = bucket.Versioned ? new TemplateMap { ["Status"] = "Enabled" } : null;
        template.Add(
            new TemplateSection(
                "buckets",
                [
                    FoundationComposer.Kept(
                        new(id, "AWS::S3::Bucket")
                        {
                            Comment = comment ?? $"AddS3Bucket(\"{bucket.Name}\")",
                            Owner = bucket.Name,
                            Properties = named,
                        }
                    ),
                    new($"{id}Policy", "AWS::S3::BucketPolicy")
                    {
                        Comment = statements is null ? "over TLS alone" : "over TLS alone, and read by CloudFront",
                        Owner = bucket.Name,
                        Properties = BucketPolicy(id, statements ?? []),
                    },
                ]
            )
        );
        FoundationComposer.Give(template, $"{bucket.Id}BucketName", Fn.Ref(id));
        FoundationComposer.Give(template, $"{bucket.Id}BucketArn", Fn.GetAtt(id, "Arn"));
    }

    public static TemplateMap BucketProperties(List<TemplateNode> rules) =>
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

    public static TemplateMap BucketPolicy(string bucket, TemplateNode[] more) =>
        new()
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
        };
}
