using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Publishing;

namespace Hosting.Fargate.Tests.Publishing.Options;

public sealed class QueueAndBucketTests
{
    [Fact]
    public async Task A_queue_is_encrypted_kept_over_TLS_alone_and_has_a_dead_letter_queue_after_three_receives()
    {
        var foundation = (await PublishAsync(_ => { }, _ => { })).Templates.Foundation;

        Assert.Equal(
            "{deadLetterTargetArn: GetAtt JobsDeadLetterQueue.Arn, maxReceiveCount: 3}",
            foundation.Property("JobsQueue", "RedrivePolicy")
        );
        Assert.Equal(
            ("true", "30"),
            (foundation.Property("JobsQueue", "SqsManagedSseEnabled"), foundation.Property("JobsQueue", "VisibilityTimeout"))
        );
        Assert.Equal("1209600", foundation.Property("JobsDeadLetterQueue", "MessageRetentionPeriod"));
        Assert.Equal(
            "[Sub arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:shop-jobs]",
            foundation.Property("JobsDeadLetterQueue", "RedriveAllowPolicy", "sourceQueueArns")
        );
        Assert.Equal("RetainExceptOnCreate", foundation["JobsQueue"].DeletionPolicy);
        Assert.Contains("aws:SecureTransport: false", foundation.Property("JobsQueuePolicy", "PolicyDocument"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_of_a_queue_are_in_its_template()
    {
        var published = await PublishAsync(jobs => jobs.WithDeadLetterQueue(7).WithVisibilityTimeout(TimeSpan.FromMinutes(5)), _ => { });

        Assert.Equal("7", published.Templates.Foundation.Property("JobsQueue", "RedrivePolicy", "maxReceiveCount"));
        Assert.Equal("300", published.Templates.Foundation.Property("JobsQueue", "VisibilityTimeout"));
    }

    [Fact]
    public async Task Without_a_dead_letter_queue_there_is_none_and_no_alarm_on_it()
    {
        var published = await PublishAsync(jobs => jobs.WithoutDeadLetterQueue(), _ => { });

        Assert.Null(published.Templates.Foundation.Property("JobsQueue", "RedrivePolicy"));
        Assert.False(published.Templates.Foundation.Contains("JobsDeadLetterQueue"));
        Assert.False(published.Template().Contains("JobsDeadLettersAlarm"));
        Assert.Null(published.Template().Variable("worker", "AWS__Resources__jobs__DeadLetterQueueUrl"));
    }

    [Theory]
    [InlineData(QueueAccess.Send, "[sqs:SendMessage, sqs:GetQueueUrl, sqs:GetQueueAttributes]", false)]
    [InlineData(
        QueueAccess.Consume,
        "[sqs:ReceiveMessage, sqs:DeleteMessage, sqs:ChangeMessageVisibility, sqs:GetQueueUrl, sqs:GetQueueAttributes]",
        false
    )]
    [InlineData(
        QueueAccess.Send | QueueAccess.Consume,
        "[sqs:SendMessage, sqs:ReceiveMessage, sqs:DeleteMessage, sqs:ChangeMessageVisibility, sqs:GetQueueUrl, sqs:GetQueueAttributes]",
        false
    )]
    [InlineData(QueueAccess.ConsumeDeadLetters, null, true)]
    public async Task Access_to_a_queue_is_a_statement_on_it(QueueAccess access, string? actions, bool deadLetters)
    {
        var template = (
            await Published.ModelAsync(builder => builder.AddWorker("worker").WithReference(builder.AddSqsQueue("jobs"), access))
        ).Template();

        Assert.Equal(actions, template.Statement("WorkerTaskRole", "JobsQueue").At("Action").Show());
        Assert.Equal(
            deadLetters ? "Ref JobsDeadLetterQueueArn" : null,
            template.Statement("WorkerTaskRole", "JobsDeadLetters").At("Resource").Show()
        );
        Assert.Equal(access.HasFlag(QueueAccess.Consume), template.Statement("WorkerTaskRole", "ProtectTask") is not null);
        Assert.Contains(
            $"worker.WithReference(jobs, {string.Join(" | ", access.ToString().Split(", ").Select(name => $"QueueAccess.{name}"))})",
            (template.Statement("WorkerTaskRole", "JobsQueue") ?? template.Statement("WorkerTaskRole", "JobsDeadLetters"))!.Comment,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Two_references_to_one_queue_are_one_statement_with_both()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var jobs = builder.AddSqsQueue("jobs");
                builder.AddWorker("worker").WithReference(jobs, QueueAccess.Send).WithReference(jobs, QueueAccess.ConsumeDeadLetters);
            })
        ).Template();

        Assert.NotNull(template.Statement("WorkerTaskRole", "JobsQueue"));
        Assert.NotNull(template.Statement("WorkerTaskRole", "JobsDeadLetters"));
    }

    [Fact]
    public async Task A_bucket_is_private_encrypted_and_over_TLS_alone()
    {
        var foundation = (await PublishAsync(_ => { }, _ => { })).Templates.Foundation;

        Assert.Equal(
            "{BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true}",
            foundation.Property("DatasetsBucket", "PublicAccessBlockConfiguration")
        );
        Assert.Contains("AES256", foundation.Property("DatasetsBucket", "BucketEncryption"), StringComparison.Ordinal);
        Assert.Contains(
            "aws:SecureTransport: false",
            foundation.Property("DatasetsBucketPolicy", "PolicyDocument"),
            StringComparison.Ordinal
        );
        Assert.Equal("Sub shop-datasets-${AWS::AccountId}-${AWS::Region}", foundation.Property("DatasetsBucket", "BucketName"));
        Assert.Equal("RetainExceptOnCreate", foundation["DatasetsBucket"].DeletionPolicy);
        Assert.Null(foundation.Property("DatasetsBucket", "VersioningConfiguration"));
        Assert.DoesNotContain(
            "ExpirationInDays",
            foundation.Property("DatasetsBucket", "LifecycleConfiguration"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Options_of_a_bucket_are_in_its_template()
    {
        var foundation = (await PublishAsync(_ => { }, datasets => datasets.WithExpiration(14).WithVersioning())).Templates.Foundation;

        Assert.Contains("ExpirationInDays: 14", foundation.Property("DatasetsBucket", "LifecycleConfiguration"), StringComparison.Ordinal);
        Assert.Contains("NoncurrentDays: 30", foundation.Property("DatasetsBucket", "LifecycleConfiguration"), StringComparison.Ordinal);
        Assert.Equal("{Status: Enabled}", foundation.Property("DatasetsBucket", "VersioningConfiguration"));
    }

    [Theory]
    [InlineData(BucketAccess.Read, "s3:GetObject", true)]
    [InlineData(BucketAccess.Write, "[s3:PutObject, s3:AbortMultipartUpload, s3:ListMultipartUploadParts]", false)]
    [InlineData(BucketAccess.Delete, "s3:DeleteObject", false)]
    [InlineData(BucketAccess.ReadWrite, "[s3:GetObject, s3:PutObject, s3:AbortMultipartUpload, s3:ListMultipartUploadParts]", true)]
    public async Task Access_to_a_bucket_is_a_statement_on_its_objects(BucketAccess access, string actions, bool lists)
    {
        var template = (
            await Published.ModelAsync(builder => builder.AddWorker("worker").WithReference(builder.AddS3Bucket("datasets"), access))
        ).Template();

        Assert.Equal(actions, template.Statement("WorkerTaskRole", "DatasetsObjects").At("Action").Show());
        Assert.Equal("Sub ${DatasetsBucketArn}/*", template.Statement("WorkerTaskRole", "DatasetsObjects").At("Resource").Show());
        Assert.Equal(lists ? "Ref DatasetsBucketArn" : null, template.Statement("WorkerTaskRole", "DatasetsList").At("Resource").Show());
        Assert.Equal("Ref DatasetsBucketName", template.Variable("worker", "AWS__Resources__datasets__BucketName"));
    }

    [Fact]
    public async Task What_exists_is_named_and_not_made()
    {
        var published = await PublishAsync(
            jobs => jobs.UseExisting("arn:aws:sqs:eu-west-1:123456789012:old-jobs"),
            datasets => datasets.UseExisting("arn:aws:s3:::old-datasets")
        );

        Assert.Equal(
            ["Nothing"],
            published
                .Templates.Foundation.Resources.Where(resource => resource.Type != "AWS::ECR::Repository")
                .Select(resource => resource.Id)
                .DefaultIfEmpty("Nothing")
        );
        Assert.Equal(
            "arn:aws:sqs:eu-west-1:123456789012:old-jobs",
            published.Template().Statement("WorkerTaskRole", "JobsQueue").At("Resource").Show()
        );
        Assert.Equal(
            "arn:aws:s3:::old-datasets/*",
            published.Template().Statement("WorkerTaskRole", "DatasetsObjects").At("Resource").Show()
        );
        Assert.Equal("old-datasets", published.Template().Variable("worker", "AWS__Resources__datasets__BucketName"));
        Assert.Equal("[{Name: QueueName, Value: old-jobs}]", published.Template().Property("JobsAgeAlarm", "Dimensions"));
    }

    [Fact]
    public async Task What_is_no_ARN_or_number_is_refused_where_it_is_said()
    {
        await Published.ModelAsync(builder =>
        {
            var jobs = builder.AddSqsQueue("jobs");
            var datasets = builder.AddS3Bucket("datasets");
            Assert.Contains(
                "'jobs' is no queue's ARN, such as",
                Assert.Throws<ArgumentException>(() => jobs.UseExisting("jobs")).Message,
                StringComparison.Ordinal
            );
            Assert.Contains(
                "is no queue's ARN",
                Assert.Throws<ArgumentException>(() => jobs.UseExisting("arn:aws:sqs:eu-west-1:123456789012:jobs.fifo")).Message,
                StringComparison.Ordinal
            );
            Assert.Contains(
                "'datasets' is no bucket's ARN, such as",
                Assert.Throws<ArgumentException>(() => datasets.UseExisting("datasets")).Message,
                StringComparison.Ordinal
            );
            Assert.Equal("days", Assert.Throws<ArgumentOutOfRangeException>(() => datasets.WithExpiration(0)).ParamName);
            jobs.WithoutDeadLetterQueue();
            Assert.Contains(
                "'worker' is to consume the dead letters of 'jobs', which has no dead-letter queue",
                Assert
                    .Throws<DistributedApplicationException>(() =>
                        builder.AddWorker("worker").WithReference(jobs, QueueAccess.ConsumeDeadLetters)
                    )
                    .Message,
                StringComparison.Ordinal
            );
        });
    }

    private static Task<Publication> PublishAsync(
        Action<IResourceBuilder<SqsQueueResource>> queue,
        Action<IResourceBuilder<S3BucketResource>> bucket
    ) =>
        Published.ModelAsync(builder =>
        {
            var jobs = builder.AddSqsQueue("jobs");
            var datasets = builder.AddS3Bucket("datasets");
            queue(jobs);
            bucket(datasets);
            builder.AddWorker("worker").WithReference(jobs, QueueAccess.Consume).WithReference(datasets, BucketAccess.Read);
        });
}
