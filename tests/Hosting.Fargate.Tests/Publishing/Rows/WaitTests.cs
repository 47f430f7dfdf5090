using Aspire.Hosting;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Rows;

public sealed class WaitTests
{
    [Fact]
    public async Task What_is_waited_for_is_created_first_without_a_way_to_it()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var first = builder.AddWeb("first");
                builder.AddWorker("second").WaitFor(first);
            })
        ).Template();

        Assert.Contains("FirstService", template["SecondService"].DependsOn);
        Assert.Empty(template.OfType("AWS::EC2::SecurityGroupIngress"));
        Assert.False(template.Contains("Namespace"));
    }

    [Fact]
    public async Task A_task_that_is_waited_for_has_run_before_any_service_rolls_and_nothing_names_it()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var migrate = builder.AddWorker("migrate").PublishAsFargateTask();
                builder.AddWeb("api").WaitForCompletion(migrate);
            })
        ).Template();

        Assert.DoesNotContain(template["ApiService"].DependsOn, id => id.StartsWith("Migrate", StringComparison.Ordinal));
        Assert.False(template.Contains("MigrateService"));
    }

    [Fact]
    public async Task What_the_foundation_has_is_there_anyway()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var jobs = builder.AddSqsQueue("jobs");
                builder.AddWorker("worker").WithReference(jobs, QueueAccess.Consume).WaitFor(jobs);
            })
        ).Template();

        Assert.DoesNotContain(template["WorkerService"].DependsOn, id => id.StartsWith("Jobs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tasks_run_after_those_that_they_wait_for_whatever_their_order_in_the_model()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var seed = builder.AddWorker("seed").PublishAsFargateTask();
            builder.AddWorker("other").PublishAsFargateTask();
            seed.WaitForCompletion(builder.AddWorker("migrate").PublishAsFargateTask());
        });

        Assert.Equal(["migrate", "seed", "other"], published.Application.Tasks.Select(task => task.Name));
    }
}
