using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// Secrets that Secrets Manager rotates, and the restart that makes it felt: ECS reads a secret when a task starts. In the application's
/// stack, for a secret is rotated once it has a value. Sources:
/// https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html,
/// https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html.
/// </summary>
internal static class RotationComposer
{
    /// <summary>The rotation of each secret.</summary>
    public static TemplateSection Compose(FargateApplication application) =>
        new(
            "rotation of secrets",
            [
                .. from secret in application.Secrets
                where secret.Rotation is not null
                select new TemplateResource($"{secret.Id}Rotation", "AWS::SecretsManager::RotationSchedule")
                {
                    Comment = $"AddParameter(\"{secret.Name}\").WithRotation: once a month, within an hour",
                    Owner = secret.Name,
                    Properties = new()
                    {
                        ["SecretId"] = FoundationOutputs.SecretArn(secret),
                        ["RotationLambdaARN"] = secret.Rotation!.FunctionArn,
                        ["RotateImmediatelyOnUpdate"] = false,
                        ["RotationRules"] = new TemplateMap { ["ScheduleExpression"] = secret.Rotation.Expression, ["Duration"] = "1h" },
                    },
                },
            ]
        );

    /// <summary>
    /// What starts the tasks of a service anew after a secret of it was rotated: a schedule for each time at which one is.
    /// </summary>
    public static IEnumerable<TemplateResource> Restarts(FargateApplication application, ServiceSpec service)
    {
        var times = service
            .SecretVariables.Select(variable => variable.Source)
            .OfType<WholeSecret>()
            .Where(source => source.Secret.Rotation is not null)
            .GroupBy(source => source.Secret.Rotation!.RestartExpression, source => source.Secret.Name, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .ToList();
        if (times.Count == 0)
        {
            yield break;
        }

        var role = $"{service.Id}RestartRole";
        yield return IdentityComposer.Role(
            application,
            role,
            $"what EventBridge Scheduler may do to start {service.Name} anew",
            "scheduler.amazonaws.com",
            "restart",
            [new("Restart", ["ecs:UpdateService"], [Fn.Ref(ServiceComposer.Id(service))]) { Comment = "this service alone" }]
        );
        foreach (var (index, time) in times.Index())
        {
            yield return new($"{service.Id}RestartSchedule{(index == 0 ? "" : $"{index + 1}")}", "AWS::Scheduler::Schedule")
            {
                Comment = $"after {string.Join(" and ", time.Distinct())} was rotated: new tasks have the new value",
                Properties = new()
                {
                    ["Description"] = $"{service.Name} of {application.Name} after the rotation of {string.Join(", ", time.Distinct())}",
                    ["ScheduleExpression"] = time.Key,
                    ["ScheduleExpressionTimezone"] = "UTC",
                    ["FlexibleTimeWindow"] = new TemplateMap { ["Mode"] = "OFF" },
                    ["Target"] = new TemplateMap
                    {
                        ["Arn"] = Fn.Sub("arn:${AWS::Partition}:scheduler:::aws-sdk:ecs:updateService"),
                        ["RoleArn"] = Fn.GetAtt(role, "Arn"),
                        ["Input"] = Fn.Sub(
                            $$"""{"Cluster":"${{{SharedIds.Cluster}}}","Service":"${{{ServiceComposer.Id(service)}}.Name}","ForceNewDeployment":true}"""
                        ),
                        ["RetryPolicy"] = new TemplateMap { ["MaximumRetryAttempts"] = 3, ["MaximumEventAgeInSeconds"] = 3600 },
                    },
                },
            };
        }
    }
}
