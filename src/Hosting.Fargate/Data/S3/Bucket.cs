using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Costs;

namespace Hosting.Fargate.Data;

/// <summary>A bucket of the model.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="ExpireDays">After how many days objects are deleted; null for never.</param>
/// <param name="Versioned">Whether old versions are kept for 30 days.</param>
/// <param name="Existing">The ARN where the bucket is there already.</param>
internal sealed record Bucket(string Name, int? ExpireDays, bool Versioned, string? Existing) : DataResource(Name, Existing)
{
    public override string Type => BucketType.Name;

    public override string Noun => "bucket";

    public override string Service => "S3";

    public override string How =>
        (ExpireDays is { } days ? $"objects deleted after {(days == 1 ? "1 day" : $"{days} days")}" : "objects kept")
        + (Versioned ? ", old versions for 30 days" : "");

    public override UncountedCost? Cost => UncountedCosts.Objects;

    public override IEnumerable<DataOutput> Outputs =>
        [new("BucketName", Fn.Ref(BucketTemplate.IdOf(Id))), new("BucketArn", Fn.GetAtt(BucketTemplate.IdOf(Id), "Arn"))];

    public override string? RefuseName(string application) => BucketTemplate.RefuseName(application, Name);

    public override IEnumerable<string> Verbs(Enum access)
    {
        if (access.HasFlag(BucketAccess.Read))
        {
            yield return "reads";
        }

        if (access.HasFlag(BucketAccess.Write))
        {
            yield return "writes";
        }

        if (access.HasFlag(BucketAccess.Delete))
        {
            yield return "deletes";
        }
    }

    public override IEnumerable<Statement> Statements(Workload workload, DataGrant grant)
    {
        var arn = Attribute("BucketArn");
        List<string> actions = [];
        if (grant.Access.HasFlag(BucketAccess.Read))
        {
            actions.Add("s3:GetObject");
        }

        if (grant.Access.HasFlag(BucketAccess.Write))
        {
            actions.AddRange(["s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"]);
        }

        if (grant.Access.HasFlag(BucketAccess.Delete))
        {
            actions.Add("s3:DeleteObject");
        }

        var objects = Existing is not null ? Existing + "/*" : Fn.Sub($"{InText("BucketArn")}/*");
        yield return new($"{Id}Objects", actions, [objects]) { Comment = grant.Reason };
        if (grant.Access.HasFlag(BucketAccess.Read))
        {
            yield return new($"{Id}List", ["s3:ListBucket"], [arn]) { Comment = grant.Reason };
        }
    }

    public override IEnumerable<TemplateResource> Compose(string application)
    {
        List<TemplateNode> rules = [BucketTemplate.UnfinishedUploads()];
        if (ExpireDays is { } days)
        {
            rules.Add(BucketTemplate.Expiration(days));
        }

        if (Versioned)
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

        var bucket = BucketTemplate.Named(application, Name, BucketTemplate.IdOf(Id), $"AddS3Bucket(\"{Name}\")", [.. rules]);
        bucket.Properties["VersioningConfiguration"] = Versioned ? new TemplateMap { ["Status"] = "Enabled" } : null;
        return [bucket, BucketTemplate.Policy(bucket.Id)];
    }

    protected override TemplateNode? Known(string property) => property == "BucketArn" ? Existing! : null;
}
