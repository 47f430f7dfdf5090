using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hosting.Fargate.Tests.Resources;

public sealed class AwsResourceTests
{
    [Fact]
    public async Task A_service_is_told_of_a_queue_and_of_the_emulator_it_is_in()
    {
        var builder = ToRun();
        var aws = builder.AddAwsEmulator<Project>("aws");
        var jobs = builder.AddSqsQueue("jobs");
        var service = builder
            .AddProject<Project>("service", options => options.ExcludeLaunchProfile = true)
            .WithReference(jobs, QueueAccess.Send);
        Allocate(aws, 4566);
        jobs.Resource.QueueUrl.SetValue("http://127.0.0.1:4566/000000000000/jobs");
        jobs.Resource.QueueArn.SetValue("arn:aws:sqs:us-east-1:000000000000:jobs");
        jobs.Resource.DeadLetterQueueUrl.SetValue("http://127.0.0.1:4566/000000000000/jobs-dead-letters");

        var environment = await EnvironmentAsync(service);

        Assert.Equal("http://127.0.0.1:4566/000000000000/jobs", environment["AWS__Resources__jobs__QueueUrl"]);
        Assert.Equal("arn:aws:sqs:us-east-1:000000000000:jobs", environment["AWS__Resources__jobs__QueueArn"]);
        Assert.Equal("http://127.0.0.1:4566/000000000000/jobs-dead-letters", environment["AWS__Resources__jobs__DeadLetterQueueUrl"]);
        Assert.Equal("http://127.0.0.1:4566", environment["AWS_ENDPOINT_URL_SQS"]);
        Assert.Equal("us-east-1", environment["AWS_REGION"]);
        Assert.NotEmpty(environment["AWS_ACCESS_KEY_ID"]);
        Assert.NotEmpty(environment["AWS_SECRET_ACCESS_KEY"]);
        Assert.DoesNotContain("AWS_ENDPOINT_URL_S3", environment.Keys);
    }

    [Fact]
    public async Task A_service_is_told_of_a_bucket_by_an_address_of_numbers()
    {
        var builder = ToRun();
        Allocate(builder.AddAwsEmulator<Project>("aws"), 4566);
        var datasets = builder.AddS3Bucket("datasets");
        datasets.Resource.BucketName.SetValue("datasets");
        var service = builder
            .AddProject<Project>("service", options => options.ExcludeLaunchProfile = true)
            .WithReference(datasets, BucketAccess.Read);

        var environment = await EnvironmentAsync(service);

        Assert.Equal("datasets", environment["AWS__Resources__datasets__BucketName"]);
        Assert.Equal("http://127.0.0.1:4566", environment["AWS_ENDPOINT_URL_S3"]);
    }

    [Fact]
    public async Task What_the_model_sets_by_itself_is_kept()
    {
        var builder = ToRun();
        Allocate(builder.AddAwsEmulator<Project>("aws"), 4566);
        var jobs = builder.AddSqsQueue("jobs").WithoutDeadLetterQueue();
        jobs.Resource.QueueUrl.SetValue("url");
        jobs.Resource.QueueArn.SetValue("arn");
        var service = builder
            .AddProject<Project>("service", options => options.ExcludeLaunchProfile = true)
            .WithEnvironment("AWS_REGION", "eu-central-1")
            .WithReference(jobs, QueueAccess.Consume)
            .WithEnvironment("AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:1");

        var environment = await EnvironmentAsync(service);

        Assert.Equal("eu-central-1", environment["AWS_REGION"]);
        Assert.Equal("http://127.0.0.1:1", environment["AWS_ENDPOINT_URL_SQS"]);
        Assert.DoesNotContain("AWS__Resources__jobs__DeadLetterQueueUrl", environment.Keys);
    }

    [Fact]
    public async Task Published_a_reference_is_an_expression_and_a_grant_and_the_emulator_is_not_there()
    {
        var builder = DistributedApplication.CreateBuilder(["--operation", "publish", "--step", "publish"]);
        builder.AddAwsEmulator<Project>("aws");
        var jobs = builder.AddSqsQueue("jobs");
        var datasets = builder.AddS3Bucket("datasets");
        var service = builder
            .AddProject<Project>("service")
            .WithReference(jobs, QueueAccess.Send | QueueAccess.Consume)
            .WithReference(datasets, BucketAccess.ReadWrite);

        Assert.Equal(["jobs", "datasets", "service"], builder.Resources.Select(resource => resource.Name));
        var references = service.Resource.Annotations.OfType<AwsReferenceAnnotation>().ToList();
        Assert.Equal(
            QueueAccess.Send | QueueAccess.Consume,
            Assert.Single(references, reference => reference.Resource == jobs.Resource).Access
        );
        Assert.Equal(BucketAccess.ReadWrite, Assert.Single(references, reference => reference.Resource == datasets.Resource).Access);
        var context = new EnvironmentCallbackContext(builder.ExecutionContext, service.Resource);
        foreach (var annotation in service.Resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await annotation.Callback(context);
        }

        Assert.Same(jobs.Resource.QueueUrl, context.EnvironmentVariables["AWS__Resources__jobs__QueueUrl"]);
        Assert.Equal("{jobs.outputs.QueueUrl}", jobs.Resource.QueueUrl.ValueExpression);
        Assert.DoesNotContain("AWS_ENDPOINT_URL_SQS", context.EnvironmentVariables.Keys);
        Assert.DoesNotContain("AWS_ACCESS_KEY_ID", context.EnvironmentVariables.Keys);
    }

    [Fact]
    public async Task An_output_is_part_of_a_text()
    {
        var jobs = ToRun().AddSqsQueue("jobs");
        var expression = ReferenceExpression.Create($"queue={jobs.Resource.QueueUrl}");
        Assert.Equal("queue={jobs.outputs.QueueUrl}", expression.ValueExpression);
        jobs.Resource.QueueUrl.SetValue("http://x");
        Assert.Equal("queue=http://x", await expression.GetValueAsync(CancellationToken.None));
    }

    [Fact]
    public void In_the_dashboard_a_queue_has_an_icon_a_source_a_health_check_and_commands()
    {
        var jobs = ToRun().AddSqsQueue("jobs").Resource;

        Assert.Equal("MailMultiple", Assert.Single(jobs.Annotations.OfType<ResourceIconAnnotation>()).IconName);
        Assert.Equal("jobs_check", Assert.Single(jobs.Annotations.OfType<HealthCheckAnnotation>()).Key);
        var snapshot = Assert.Single(jobs.Annotations.OfType<ResourceSnapshotAnnotation>()).InitialSnapshot;
        Assert.Equal("jobs", snapshot.Properties.Single(property => property.Name == CustomResourceKnownProperties.Source).Value);
        var commands = jobs.Annotations.OfType<ResourceCommandAnnotation>().ToDictionary(command => command.Name);
        Assert.Equal(["move-dead-letters", "purge", "show-messages"], commands.Keys.Order());
        Assert.Contains("'jobs'", commands["purge"].ConfirmationMessage);
        // Before the queue is there, and healthy, nothing can be done with it.
        Assert.All(commands.Values, command => Assert.Equal(ResourceCommandState.Disabled, StateOf(command, snapshot)));
        var healthy = snapshot with { State = KnownResourceStates.Running };
        Assert.All(commands.Values, command => Assert.Equal(ResourceCommandState.Enabled, StateOf(command, healthy)));
        var stopped = healthy with { State = KnownResourceStates.Exited };
        Assert.All(commands.Values, command => Assert.Equal(ResourceCommandState.Disabled, StateOf(command, stopped)));
    }

    [Fact]
    public void A_queue_without_dead_letters_has_no_command_for_them()
    {
        var jobs = ToRun().AddSqsQueue("jobs").WithoutDeadLetterQueue().Resource;
        var initial = jobs.Annotations.OfType<ResourceSnapshotAnnotation>().Single().InitialSnapshot;
        var snapshot = initial with { State = KnownResourceStates.Running };
        var commands = jobs.Annotations.OfType<ResourceCommandAnnotation>();
        var hidden = commands.Where(command => StateOf(command, snapshot) is ResourceCommandState.Hidden);
        Assert.Equal(["move-dead-letters"], hidden.Select(command => command.Name));
    }

    [Fact]
    public void In_the_dashboard_a_bucket_lists_its_objects_and_deletes_them_after_a_confirmation()
    {
        var datasets = ToRun().AddS3Bucket("datasets").Resource;
        Assert.Equal("FolderOpen", Assert.Single(datasets.Annotations.OfType<ResourceIconAnnotation>()).IconName);
        var commands = datasets.Annotations.OfType<ResourceCommandAnnotation>().ToDictionary(command => command.Name);
        Assert.Equal(["delete-objects", "list-objects"], commands.Keys.Order());
        Assert.Contains("'datasets'", commands["delete-objects"].ConfirmationMessage);
    }

    [Fact]
    public void A_queue_that_exists_where_the_model_is_published_is_here_one_of_the_emulator_like_any_other()
    {
        var jobs = ToRun().AddSqsQueue("jobs").UseExisting("arn:aws:sqs:eu-west-1:123456789012:orders").Resource;
        Assert.Equal(3, jobs.MaxReceives);
        var snapshot = jobs.Annotations.OfType<ResourceSnapshotAnnotation>().Single().InitialSnapshot;
        Assert.Equal("jobs", snapshot.Properties.Single(property => property.Name == CustomResourceKnownProperties.Source).Value);
        Assert.Null(jobs.QueueUrl.Current);
    }

    [Fact]
    public void Published_a_queue_has_nothing_of_the_dashboard()
    {
        var builder = DistributedApplication.CreateBuilder(["--operation", "publish", "--step", "publish"]);
        Assert.Empty(builder.AddSqsQueue("jobs").Resource.Annotations);
        Assert.Empty(builder.AddS3Bucket("datasets").Resource.Annotations);
    }

    [Fact]
    public async Task A_queue_without_an_emulator_is_refused_by_name_with_what_to_write()
    {
        var builder = ToRun();
        builder.AddSqsQueue("jobs");
        await using var app = builder.Build();

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync());

        Assert.Contains("'jobs'", failure.Message);
        Assert.Contains("AddAwsEmulator<Projects.LocalAws>", failure.Message);
    }

    [Fact]
    public void A_reference_must_say_which_access_it_means()
    {
        var builder = ToRun();
        var service = builder.AddProject<Project>("service", options => options.ExcludeLaunchProfile = true);
        Assert.Throws<ArgumentOutOfRangeException>(() => service.WithReference(builder.AddSqsQueue("jobs"), default(QueueAccess)));
        Assert.Throws<ArgumentOutOfRangeException>(() => service.WithReference(builder.AddS3Bucket("datasets"), (BucketAccess)64));
        Assert.Throws<DistributedApplicationException>(() =>
            service.WithReference(builder.AddSqsQueue("other").WithoutDeadLetterQueue(), QueueAccess.ConsumeDeadLetters)
        );
    }

    [Fact]
    public void A_queue_has_no_connection_string_so_that_a_reference_without_access_does_not_compile()
    {
        Assert.False(typeof(IResourceWithConnectionString).IsAssignableFrom(typeof(SqsQueueResource)));
        Assert.False(typeof(IResourceWithConnectionString).IsAssignableFrom(typeof(S3BucketResource)));
        Assert.True(typeof(IResourceWithWaitSupport).IsAssignableFrom(typeof(AwsResource)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public void SQS_limits_the_receives_before_the_dead_letter_queue(int maxReceives) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ToRun().AddSqsQueue("jobs").WithDeadLetterQueue(maxReceives));

    [Theory]
    [InlineData("-00:00:01")]
    [InlineData("12:00:01")]
    [InlineData("00:00:00.5")]
    public void SQS_limits_the_visibility_timeout(string timeout) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ToRun().AddSqsQueue("jobs").WithVisibilityTimeout(TimeSpan.Parse(timeout)));

    [Theory]
    [InlineData(".data", "LocalAws__DataPath")]
    [InlineData(null, "LocalAws__InMemory")]
    public async Task The_emulator_keeps_its_data_where_it_is_told(string? dataPath, string variable)
    {
        var builder = ToRun();
        var aws = builder.AddAwsEmulator<Project>("aws", dataPath);
        Allocate(aws, 4566);
        var value = (await EnvironmentAsync(aws))[variable];
        Assert.Equal(dataPath is null ? "true" : Path.Combine(builder.AppHostDirectory, dataPath), value);
    }

    [Fact]
    public async Task A_setting_of_the_AppHost_moves_the_emulators_data()
    {
        var builder = ToRun();
        builder.Configuration["LocalAws:DataPath"] = "another";
        var aws = builder.AddAwsEmulator<Project>("aws");
        Allocate(aws, 4566);
        Assert.Equal(Path.Combine(builder.AppHostDirectory, "another"), (await EnvironmentAsync(aws))["LocalAws__DataPath"]);
    }

    private static ResourceCommandState StateOf(ResourceCommandAnnotation command, CustomResourceSnapshot snapshot) =>
        command.UpdateState(
            new UpdateCommandStateContext { ResourceSnapshot = snapshot, Services = new ServiceCollection().BuildServiceProvider() }
        );

    private static IDistributedApplicationBuilder ToRun() =>
        DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = [], DisableDashboard = true });

    private static void Allocate(IResourceBuilder<ProjectResource> project, int port)
    {
        var endpoint = project.Resource.Annotations.OfType<EndpointAnnotation>().Single();
        endpoint.AllocatedEndpoint = new(endpoint, "localhost", port, targetPortExpression: "4566");
    }

    private static async Task<Dictionary<string, string>> EnvironmentAsync<T>(IResourceBuilder<T> builder)
        where T : IResource
    {
        var configuration = await ExecutionConfigurationBuilder
            .Create(builder.Resource)
            .WithEnvironmentVariablesConfig()
            .BuildAsync(builder.ApplicationBuilder.ExecutionContext, NullLogger.Instance);
        return configuration.Exception is { } exception ? throw exception : configuration.EnvironmentVariables.ToDictionary();
    }

    private sealed class Project : IProjectMetadata
    {
        public string ProjectPath { get; } = Path.Combine(Path.GetTempPath(), "no-such-directory", "Project.csproj");

        public LaunchSettings LaunchSettings { get; } = new() { Profiles = { ["service"] = new() { CommandName = "Project" } } };
    }
}
