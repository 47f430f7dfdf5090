using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// Who read and wrote the buckets of the foundation, one bucket for all. Source:
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html. To be added last, for it is about the others.
/// </summary>
internal static class BucketLogsComposer
{
    private const string Id = "BucketLogsBucket";

    public static void Add(Template template, FargateApplication application)
    {
        var buckets = template.Resources.Where(resource => resource.Type == "AWS::S3::Bucket").ToList();
        if (application.Safeguards.BucketLogDays is not { } days || buckets.Count == 0)
        {
            return;
        }

        foreach (var bucket in buckets)
        {
            bucket.Properties["LoggingConfiguration"] = new TemplateMap
            {
                ["DestinationBucketName"] = Fn.Ref(Id),
                ["LogFilePrefix"] = $"{bucket.Id}/",
            };
        }

        template.Add(
            new TemplateSection(
                "access logs of buckets",
                [
                    FoundationComposer.Kept(
                        new(Id, "AWS::S3::Bucket")
                        {
                            Comment = $"WithBucketAccessLogs(days: {days}): written by S3",
                            Properties = BucketComposer.BucketProperties([
                                new TemplateMap
                                {
                                    ["Id"] = "expiration",
                                    ["Status"] = "Enabled",
                                    ["ExpirationInDays"] = days,
                                },
                            ]),
                        }
                    ),
                    new($"{Id}Policy", "AWS::S3::BucketPolicy")
                    {
                        Comment = "over TLS alone, and written by S3 for the buckets of this account",
                        Properties = BucketComposer.BucketPolicy(
                            Id,
                            [
                                new TemplateMap
                                {
                                    Comment = "WithBucketAccessLogs: S3, for buckets of this account",
                                    ["Sid"] = "S3Writes",
                                    ["Effect"] = "Allow",
                                    ["Principal"] = new TemplateMap { ["Service"] = "logging.s3.amazonaws.com" },
                                    ["Action"] = "s3:PutObject",
                                    ["Resource"] = Fn.Sub($"${{{Id}.Arn}}/*"),
                                    ["Condition"] = new TemplateMap
                                    {
                                        ["StringEquals"] = new TemplateMap { ["aws:SourceAccount"] = Fn.AccountId },
                                    },
                                },
                            ]
                        ),
                    },
                ]
            )
        );
    }
}
