using Aspire.Hosting;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Rows;

public sealed class TaskTests
{
    [Fact]
    public async Task A_task_that_runs_once_is_a_definition_with_its_roles_and_no_service()
    {
        var template = (await Published.ModelAsync(builder => builder.AddWorker("migrate").PublishAsFargateTask())).Template();

        Assert.Equal(
            ["MigrateExecutionRole", "MigrateLogGroup", "MigrateSecurityGroup", "MigrateTaskDefinition", "MigrateTaskRole"],
            template.Resources.Where(resource => resource.Owner == "migrate").Select(resource => resource.Id).Order()
        );
        Assert.Empty(template.OfType("AWS::ECS::Service"));
        Assert.Empty(template.OfType("AWS::Scheduler::Schedule"));
    }

    [Fact]
    public async Task A_task_on_a_schedule_is_started_with_tries_and_a_dead_letter_queue()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder
                    .AddWorker("nightly")
                    .PublishAsFargateTask(task =>
                        task.OnSchedule("cron(0 3 * * ? *)", "Europe/Berlin", retries: 5, flexibleWindow: TimeSpan.FromMinutes(15))
                    )
            )
        ).Template();

        var schedule = template["NightlySchedule"].Properties;
        Assert.Equal("cron(0 3 * * ? *)", schedule.At("ScheduleExpression").Show());
        Assert.Equal("Europe/Berlin", schedule.At("ScheduleExpressionTimezone").Show());
        Assert.Equal("{Mode: FLEXIBLE, MaximumWindowInMinutes: 15}", schedule.At("FlexibleTimeWindow").Show());
        Assert.Equal("5", schedule.At("Target", "RetryPolicy", "MaximumRetryAttempts").Show());
        Assert.Equal("{Arn: GetAtt NightlyDeadLetterQueue.Arn}", schedule.At("Target", "DeadLetterConfig").Show());
        Assert.Equal("GetAtt Cluster.Arn", schedule.At("Target", "Arn").Show());
        Assert.Equal("Ref NightlyTaskDefinition", schedule.At("Target", "EcsParameters", "TaskDefinitionArn").Show());
        Assert.Equal("[{CapacityProvider: FARGATE, Weight: 1}]", schedule.At("Target", "EcsParameters", "CapacityProviderStrategy").Show());
        Assert.Equal(
            "ENABLED",
            schedule.At("Target", "EcsParameters", "NetworkConfiguration", "AwsvpcConfiguration", "AssignPublicIp").Show()
        );
    }

    [Fact]
    public async Task The_schedulers_role_starts_this_task_in_this_cluster_and_passes_its_roles_alone()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder.AddWorker("nightly").PublishAsFargateTask(task => task.OnSchedule("rate(1 hour)"))
            )
        ).Template();

        Assert.Equal("Ref NightlyTaskDefinition", template.Statement("NightlySchedulerRole", "RunTask").At("Resource").Show());
        Assert.Equal(
            "{ArnEquals: {ecs:cluster: GetAtt Cluster.Arn}}",
            template.Statement("NightlySchedulerRole", "RunTask").At("Condition").Show()
        );
        Assert.Equal(
            "[GetAtt NightlyExecutionRole.Arn, GetAtt NightlyTaskRole.Arn]",
            template.Statement("NightlySchedulerRole", "PassRoles").At("Resource").Show()
        );
        Assert.Equal(
            "{StringEquals: {iam:PassedToService: ecs-tasks.amazonaws.com}}",
            template.Statement("NightlySchedulerRole", "PassRoles").At("Condition").Show()
        );
        Assert.Equal(
            "GetAtt NightlyDeadLetterQueue.Arn",
            template.Statement("NightlySchedulerRole", "SendDeadLetters").At("Resource").Show()
        );
        Assert.Equal("{Mode: OFF}", template.Property("NightlySchedule", "FlexibleTimeWindow"));
        Assert.Equal("UTC", template.Property("NightlySchedule", "ScheduleExpressionTimezone"));
        Assert.Equal("3", template.Property("NightlySchedule", "Target", "RetryPolicy", "MaximumRetryAttempts"));
    }

    [Fact]
    public async Task A_task_may_use_queues_and_secrets_as_a_service_does()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var jobs = builder.AddSqsQueue("jobs");
                builder
                    .AddWorker("migrate")
                    .WithReference(jobs, QueueAccess.Consume)
                    .WithEnvironment("KEY", builder.AddParameter("api-key", secret: true))
                    .PublishAsFargateTask();
            })
        ).Template();

        Assert.Equal("Ref JobsQueueArn", template.Statement("MigrateTaskRole", "JobsQueue").At("Resource").Show());
        Assert.Equal("Ref ApiKeySecretArn", template.Secret("migrate", "KEY"));
        Assert.Null(template.Statement("MigrateTaskRole", "ProtectTask"));
    }

    [Fact]
    public async Task A_web_project_may_be_a_task_and_knows_its_own_port()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var migrate = builder.AddWeb("migrate").PublishAsFargateTask();
                migrate.WithEnvironment("SELF", migrate.GetEndpoint("http"));
            })
        ).Template();

        Assert.Equal("8080", template.Variable("migrate", "HTTP_PORTS"));
        Assert.Equal("http://localhost:8080", template.Variable("migrate", "SELF"));
    }

    [Fact]
    public async Task A_task_on_Spot_says_so_in_its_schedule()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder
                    .AddWorker("nightly")
                    .PublishAsFargateTask(task =>
                    {
                        task.OnSchedule("rate(1 hour)");
                        task.Capacity = Capacity.FargateSpot(100);
                    })
            )
        ).Template();

        Assert.Equal(
            "[{CapacityProvider: FARGATE_SPOT, Weight: 1}]",
            template.Property("NightlySchedule", "Target", "EcsParameters", "CapacityProviderStrategy")
        );
    }

    [Theory]
    [InlineData(-1, 0, "retries")]
    [InlineData(186, 0, "retries")]
    [InlineData(3, -60, "flexibleWindow")]
    [InlineData(3, 90, "flexibleWindow")]
    [InlineData(3, 86_460, "flexibleWindow")]
    public async Task Numbers_that_EventBridge_does_not_take_are_refused(int retries, int windowSeconds, string parameter)
    {
        var refusal = await Published.RefusalAsync(builder =>
            builder
                .AddWorker("nightly")
                .PublishAsFargateTask(task =>
                    task.OnSchedule("rate(1 hour)", retries: retries, flexibleWindow: TimeSpan.FromSeconds(windowSeconds))
                )
        );

        Assert.Contains("'nightly' has an option that cannot be: ", refusal, StringComparison.Ordinal);
        Assert.Contains(parameter, refusal, StringComparison.Ordinal);
    }
}
