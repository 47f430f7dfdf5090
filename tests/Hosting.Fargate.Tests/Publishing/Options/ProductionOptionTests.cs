using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Publishing;

namespace Hosting.Fargate.Tests.Publishing.Options;

/// <summary>What a production account asks for.</summary>
public sealed class ProductionOptionTests
{
    private const string Function = "arn:aws:lambda:eu-west-1:123456789012:function:rotate";

    private const string Credential = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:ecr-pullthroughcache/hub-AbCdEf";

    private const string WebAcl = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shop/01234567-89ab-cdef-0123-456789abcdef";

    [Theory]
    [InlineData(null, 5, "60")]
    [InlineData(null, 75, "85")]
    [InlineData(60, 5, "70")]
    [InlineData(120, 75, "130")]
    [InlineData(3990, 4000, "4000")]
    public async Task The_load_balancer_waits_longer_than_the_longest_answer(int? longest, int slow, string expected)
    {
        var published = await PublishAsync(
            _ => { },
            service =>
            {
                service.LongestAnswer = longest is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
                service.SlowAnswer = TimeSpan.FromSeconds(slow);
            }
        );

        Assert.Equal(expected, Attribute(published, "idle_timeout.timeout_seconds"));
        Assert.Equal(
            int.Parse(expected) >= 130,
            published.Notices("api").Contains("KestrelServerLimits.KeepAliveTimeout", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task An_idle_timeout_that_is_said_is_refused_below_what_an_answer_takes_or_an_alarm_waits_for()
    {
        Assert.Equal(
            "300",
            Attribute(await PublishAsync(shop => shop.WithIdleTimeout(TimeSpan.FromMinutes(5))), "idle_timeout.timeout_seconds")
        );
        Assert.Contains(
            "answers 504 after 60 s",
            await RefusalAsync(service => service.LongestAnswer = TimeSpan.FromSeconds(60)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "never goes off",
            await RefusalAsync(service => service.SlowAnswer = TimeSpan.FromSeconds(75)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "whole seconds from 1 to 3990",
            await RefusalAsync(service => service.LongestAnswer = TimeSpan.FromSeconds(4000)),
            StringComparison.Ordinal
        );

        static Task<string> RefusalAsync(Action<FargateService> configure) =>
            Published.RefusalAsync(builder =>
            {
                builder.AddFargateEnvironment("shop").WithIdleTimeout(TimeSpan.FromSeconds(60));
                builder.AddWeb("api").WithExternalHttpEndpoints().PublishAsFargateService(configure);
            });
    }

    [Fact]
    public async Task The_load_balancer_says_what_it_is_not_too_for_an_update_leaves_alone_what_it_is_not_told()
    {
        var plain = await PublishAsync(_ => { });
        Assert.Equal(("false", "false"), (Attribute(plain, "deletion_protection.enabled"), Attribute(plain, "access_logs.s3.enabled")));

        var kept = await PublishAsync(shop => shop.WithDeletionProtection().WithAccessLogs());
        Assert.Equal(("true", "true"), (Attribute(kept, "deletion_protection.enabled"), Attribute(kept, "access_logs.s3.enabled")));
        Assert.Contains("before destroy, deploy once without it", kept.Notices(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TLS_policy_and_web_ACL_are_the_load_balancers()
    {
        var template = (
            await PublishAsync(shop =>
                shop.WithDomain("shop.example.com", "Z0123456789ABCDEFGHIJ")
                    .WithTlsPolicy("ELBSecurityPolicy-TLS13-1-3-2021-06")
                    .WithWebAcl(WebAcl)
            )
        ).Template();

        Assert.Equal("ELBSecurityPolicy-TLS13-1-3-2021-06", template.Property("HttpsListener", "SslPolicy"));
        Assert.Equal(
            (WebAcl, "Ref LoadBalancer"),
            (template.Property("WebAclAssociation", "WebACLArn"), template.Property("WebAclAssociation", "ResourceArn"))
        );
    }

    [Fact]
    public async Task Flow_logs_go_to_a_bucket_that_the_log_delivery_of_this_account_writes()
    {
        var published = await PublishAsync(shop => shop.WithFlowLogs(days: 7));

        Assert.Equal("Ref FlowLogsBucketArn", published.Template().Property("FlowLog", "LogDestination"));
        Assert.Contains(
            "ExpirationInDays: 7",
            published.Templates.Foundation.Property("FlowLogsBucket", "LifecycleConfiguration"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "aws:SourceAccount: Ref AWS::AccountId",
            published.Templates.Foundation.Property("FlowLogsBucketPolicy", "PolicyDocument"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Buckets_log_who_reads_and_writes_them_but_for_the_one_of_those_logs()
    {
        var foundation = (await PublishAsync(shop => shop.WithBucketAccessLogs().WithAccessLogs())).Templates.Foundation;

        Assert.Equal(
            "{DestinationBucketName: Ref BucketLogsBucket, LogFilePrefix: FilesBucket/}",
            foundation.Property("FilesBucket", "LoggingConfiguration")
        );
        Assert.NotNull(foundation.Property("AccessLogsBucket", "LoggingConfiguration"));
        Assert.Null(foundation.Property("BucketLogsBucket", "LoggingConfiguration"));
        Assert.False((await PublishAsync(_ => { })).Templates.Foundation.Contains("BucketLogsBucket"));
    }

    [Fact]
    public async Task Kept_logs_are_the_foundations_and_stay_when_it_goes()
    {
        var published = await PublishAsync(shop => shop.WithKeptLogs());

        Assert.Equal(
            ("/ecs/shop-foundation/api", "RetainExceptOnCreate"),
            (
                published.Templates.Foundation.Property("ApiLogGroup", "LogGroupName"),
                published.Templates.Foundation["ApiLogGroup"].DeletionPolicy
            )
        );
        Assert.False(published.Template().Contains("ApiLogGroup"));
        Assert.Contains(
            "awslogs-group: /ecs/shop-foundation/api",
            published.Template().Container("api").At("LogConfiguration").Show(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "SOURCE '/ecs/shop-foundation/api'",
            published.Template().Property("Dashboard", "DashboardBody"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_file_system_that_exists_is_mounted_and_not_made()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithExistingFileSystem("data", "fs-0123456789abcdef0");
            builder.AddContainer("files", "nginx", "1.29").WithVolume("data", "/data");
        });

        Assert.False(published.Templates.Foundation.Contains("DataFileSystem"));
        Assert.Equal("fs-0123456789abcdef0", published.Template().Property("DataMountTargetA", "FileSystemId"));
        Assert.Equal("fs-0123456789abcdef0", published.Template().Property("FilesDataAccessPoint", "FileSystemId"));
        Assert.Equal(
            "Sub arn:${AWS::Partition}:elasticfilesystem:${AWS::Region}:${AWS::AccountId}:file-system/fs-0123456789abcdef0",
            published.Template().Statement("FilesTaskRole", "DataVolume").At("Resource").Show()
        );
    }

    [Fact]
    public async Task A_file_system_for_a_volume_that_nothing_mounts_is_refused() =>
        Assert.Contains(
            "'shop' has a file system for the volume 'dta' (WithExistingFileSystem), which nothing mounts. Volumes: data.",
            await Published.RefusalAsync(builder =>
            {
                builder.AddFargateEnvironment("shop").WithExistingFileSystem("dta", "fs-0123456789abcdef0");
                builder.AddContainer("files", "nginx", "1.29").WithVolume("data", "/data");
            }),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_rotated_secret_is_rotated_once_a_month_and_its_services_start_anew()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var password = builder.AddParameter("password", secret: true).WithRotation(Function, day: 2, hour: 4);
                builder.AddWorker("worker").WithEnvironment("PASSWORD", password);
                builder.AddWorker("other");
            })
        ).Template();

        Assert.Equal("{ScheduleExpression: cron(0 4 2 * ? *), Duration: 1h}", template.Property("PasswordSecretRotation", "RotationRules"));
        Assert.Equal("Ref PasswordSecretArn", template.Property("PasswordSecretRotation", "SecretId"));
        Assert.Equal("cron(0 6 2 * ? *)", template.Property("WorkerRestartSchedule", "ScheduleExpression"));
        Assert.Equal(
            "Sub arn:${AWS::Partition}:scheduler:::aws-sdk:ecs:updateService",
            template.Property("WorkerRestartSchedule", "Target", "Arn")
        );
        Assert.Equal(
            "Sub {\"Cluster\":\"${Cluster}\",\"Service\":\"${WorkerService.Name}\",\"ForceNewDeployment\":true}",
            template.Property("WorkerRestartSchedule", "Target", "Input")
        );
        Assert.Equal("Ref WorkerService", template.Statement("WorkerRestartRole", "Restart").At("Resource").Show());
        Assert.False(template.Contains("OtherRestartSchedule"));
    }

    [Fact]
    public async Task A_rotated_secret_inside_of_text_is_refused_for_the_text_would_keep_the_old_value() =>
        Assert.Contains(
            "'worker' has the secret 'password' inside the text of URL, which would keep the old value",
            await Published.RefusalAsync(builder =>
            {
                var password = builder.AddParameter("password", secret: true).WithRotation(Function);
                builder.AddWorker("worker").WithEnvironment("URL", ReferenceExpression.Create($"https://user:{password}@db"));
            }),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("nginx", "1.29", "library/nginx:1.29")]
    [InlineData("valkey/valkey", "9.0", "valkey/valkey:9.0")]
    [InlineData("docker.io/library/redis", "8", "library/redis:8")]
    public async Task Images_of_a_cached_registry_come_through_this_accounts(string image, string tag, string cached)
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithPullThroughCache("docker.io", Credential);
            builder
                .AddContainer("front", image, tag)
                .PublishAsFargateService(service => service.AddSidecar("other", "ghcr.io/example/other:1"));
        });

        Assert.Equal(
            $"Sub ${{AWS::AccountId}}.dkr.ecr.${{AWS::Region}}.${{AWS::URLSuffix}}/shop/docker-hub/{cached}",
            published.Template().Container("front").At("Image").Show()
        );
        Assert.Equal("ghcr.io/example/other:1", published.Template().Container("front", "other").At("Image").Show());
        Assert.Equal(
            $"Sub arn:${{AWS::Partition}}:ecr:${{AWS::Region}}:${{AWS::AccountId}}:repository/shop/docker-hub/{cached.Split(':')[0]}",
            published.Template().Statement("FrontExecutionRole", "ImportImage").At("Resource").Show()
        );
        Assert.Equal(
            ("shop/docker-hub", "registry-1.docker.io", Credential),
            (
                published.Templates.Foundation.Property("DockerIoCache", "EcrRepositoryPrefix"),
                published.Templates.Foundation.Property("DockerIoCache", "UpstreamRegistryUrl"),
                published.Templates.Foundation.Property("DockerIoCache", "CredentialArn")
            )
        );
        Assert.DoesNotContain("Docker Hub", published.Notices("front"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prefix_that_ECR_would_not_take_is_refused() =>
        Assert.Contains(
            "ECR takes 30 characters. Name a shorter one: WithPullThroughCache(\"quay.io\", prefix: …)",
            await Published.RefusalAsync(builder =>
            {
                builder.AddFargateEnvironment("a-shop-with-a-name-that-is-long").WithPullThroughCache("quay.io");
                builder.AddContainer("front", "quay.io/example/front", "1");
            }),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task What_AWS_would_not_take_is_refused_where_it_is_said() =>
        await PublishAsync(shop =>
        {
            Assert.Equal("timeout", Assert.Throws<ArgumentException>(() => shop.WithIdleTimeout(TimeSpan.FromSeconds(4001))).ParamName);
            Assert.Equal("policy", Assert.Throws<ArgumentException>(() => shop.WithTlsPolicy("TLS13")).ParamName);
            Assert.Equal(
                "webAclArn",
                Assert
                    .Throws<ArgumentException>(() => shop.WithWebAcl("arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/1"))
                    .ParamName
            );
            Assert.Equal("fileSystemId", Assert.Throws<ArgumentException>(() => shop.WithExistingFileSystem("data", "efs-1")).ParamName);
            Assert.Equal("days", Assert.Throws<ArgumentOutOfRangeException>(() => shop.WithFlowLogs(0)).ParamName);
            Assert.Equal("registry", Assert.Throws<ArgumentException>(() => shop.WithPullThroughCache("example.com")).ParamName);
            Assert.Equal("credentialArn", Assert.Throws<ArgumentException>(() => shop.WithPullThroughCache("docker.io")).ParamName);
            Assert.Equal("prefix", Assert.Throws<ArgumentException>(() => shop.WithPullThroughCache("quay.io", prefix: "Quay")).ParamName);
            var secret = shop.ApplicationBuilder.AddParameter("key", secret: true);
            Assert.Equal("functionArn", Assert.Throws<ArgumentException>(() => secret.WithRotation("rotate")).ParamName);
            Assert.Equal("day", Assert.Throws<ArgumentOutOfRangeException>(() => secret.WithRotation(Function, day: 29)).ParamName);
            Assert.Equal("hour", Assert.Throws<ArgumentOutOfRangeException>(() => secret.WithRotation(Function, hour: 22)).ParamName);
            Assert.Equal(
                "builder",
                Assert.Throws<ArgumentException>(() => shop.ApplicationBuilder.AddParameter("plain").WithRotation(Function)).ParamName
            );
            Assert.Equal("days", Assert.Throws<ArgumentOutOfRangeException>(() => shop.WithBucketAccessLogs(0)).ParamName);
        });

    private static string? Attribute(Publication published, string key) =>
        published
            .Template()["LoadBalancer"]
            .Properties.At("LoadBalancerAttributes")
            .Maps()
            .Single(attribute => attribute.At("Key").AsText() == key)
            .At("Value")
            .AsText();

    private static Task<Publication> PublishAsync(
        Action<IResourceBuilder<FargateEnvironmentResource>> configure,
        Action<FargateService>? service = null
    ) =>
        Published.ModelAsync(builder =>
        {
            configure(builder.AddFargateEnvironment("shop"));
            builder.AddS3Bucket("files");
            builder.AddWeb("api").WithExternalHttpEndpoints().PublishAsFargateService(service ?? (_ => { }));
        });
}
