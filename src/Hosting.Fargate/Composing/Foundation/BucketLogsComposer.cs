using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Data;

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
                    BucketTemplate.Unnamed(Id, $"WithBucketAccessLogs(days: {days}): written by S3", BucketTemplate.Expiration(days)),
                    BucketTemplate.Policy(
                        Id,
                        "over TLS alone, and written by S3 for the buckets of this account",
                        new TemplateMap
                        {
                            Comment = "WithBucketAccessLogs: S3, for buckets of this account",
                            ["Sid"] = "S3Writes",
                            ["Effect"] = "Allow",
                            ["Principal"] = new TemplateMap { ["Service"] = "logging.s3.amazonaws.com" },
                            ["Action"] = "s3:PutObject",
                            ["Resource"] = Fn.Sub($"${{{Id}.Arn}}/*"),
                            ["Condition"] = new TemplateMap { ["StringEquals"] = new TemplateMap { ["aws:SourceAccount"] = Fn.AccountId } },
                        }
                    ),
                ]
            )
        );
    }
}
