using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Data;

namespace Hosting.Fargate.Composing;

/// <summary>
/// A task that EventBridge Scheduler starts. Source:
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/tasks-scheduled-eventbridge-scheduler.html.
/// </summary>
internal static class ScheduleComposer
{
    public static IEnumerable<TemplateResource> Compose(FargateApplication application, TaskSpec task, TaskSchedule schedule)
    {
        var definition = TaskDefinitionComposer.Id(task);
        var deadLetters = $"{task.Id}DeadLetterQueue";
        yield return new(deadLetters, "AWS::SQS::Queue")
        {
            Comment = "what could not be started in all its tries; a task that ends in failure is not here",
            DeletionPolicy = "Delete",
            UpdateReplacePolicy = "Delete",
            Properties = new() { ["MessageRetentionPeriod"] = 1209600, ["SqsManagedSseEnabled"] = true },
        };
        yield return QueuePolicy.Of(deadLetters);
        yield return IdentityComposer.Role(
            application,
            $"{task.Id}SchedulerRole",
            $"what EventBridge Scheduler may do to start {task.Name}",
            "scheduler.amazonaws.com",
            "run",
            [
                new("RunTask", ["ecs:RunTask"], [Fn.Ref(definition)])
                {
                    Comment = "this revision, in this cluster",
                    Condition = new TemplateMap
                    {
                        ["ArnEquals"] = new TemplateMap { ["ecs:cluster"] = Fn.GetAtt(SharedIds.Cluster, "Arn") },
                    },
                },
                new("TagTask", ["ecs:TagResource"], [Fn.Arn("ecs", $"task/{application.Name}/*")])
                {
                    Comment = "as it starts it",
                    Condition = new TemplateMap { ["StringEquals"] = new TemplateMap { ["ecs:CreateAction"] = "RunTask" } },
                },
                new("PassRoles", ["iam:PassRole"], [Fn.GetAtt($"{task.Id}ExecutionRole", "Arn"), Fn.GetAtt($"{task.Id}TaskRole", "Arn")])
                {
                    Comment = "a task has its roles from who starts it",
                    Condition = new TemplateMap
                    {
                        ["StringEquals"] = new TemplateMap { ["iam:PassedToService"] = "ecs-tasks.amazonaws.com" },
                    },
                },
                new("SendDeadLetters", ["sqs:SendMessage"], [Fn.GetAtt(deadLetters, "Arn")]) { Comment = "what it could not start" },
            ]
        );
        yield return new($"{task.Id}Schedule", "AWS::Scheduler::Schedule")
        {
            Comment = $"OnSchedule(\"{schedule.Expression}\", \"{schedule.TimeZone}\")",
            DependsOn =
            [
                SharedIds.CapacityProviders,
                .. application.Network.RoutesOfTasks(),
                .. VolumeComposer.MountTargetIds(application, task),
                .. ServiceComposer.IdsOfAfter(task),
            ],
            Properties = new()
            {
                ["Description"] = $"{task.Name} of {application.Name}",
                ["ScheduleExpression"] = schedule.Expression,
                ["ScheduleExpressionTimezone"] = schedule.TimeZone,
                ["FlexibleTimeWindow"] =
                    schedule.FlexibleMinutes == 0
                        ? new TemplateMap { ["Mode"] = "OFF" }
                        : new TemplateMap { ["Mode"] = "FLEXIBLE", ["MaximumWindowInMinutes"] = schedule.FlexibleMinutes },
                ["Target"] = new TemplateMap
                {
                    ["Arn"] = Fn.GetAtt(SharedIds.Cluster, "Arn"),
                    ["RoleArn"] = Fn.GetAtt($"{task.Id}SchedulerRole", "Arn"),
                    ["RetryPolicy"] = new TemplateMap { ["MaximumRetryAttempts"] = schedule.Retries, ["MaximumEventAgeInSeconds"] = 3600 },
                    ["DeadLetterConfig"] = new TemplateMap { ["Arn"] = Fn.GetAtt(deadLetters, "Arn") },
                    ["EcsParameters"] = new TemplateMap
                    {
                        ["TaskDefinitionArn"] = Fn.Ref(definition),
                        ["TaskCount"] = 1,
                        ["LaunchType"] = task.Capacity is ExternalCapacity ? "EXTERNAL" : null,
                        ["CapacityProviderStrategy"] = ServiceComposer.CapacityStrategy(task.Capacity),
                        ["PropagateTags"] = "TASK_DEFINITION",
                        ["EnableECSManagedTags"] = true,
                        ["NetworkConfiguration"] =
                            task.Capacity is ExternalCapacity
                                ? null
                                : application.Network.Configuration(ServiceComposer.SecurityGroupId(task), task.Capacity),
                    },
                },
            },
        };
    }
}
