using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Amazon.Runtime;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Stacks;

namespace Hosting.Fargate.Deploying.Status;

/// <summary>
/// Reads the alarms of a stack and of those nested in it: by what is in the stack, since another's may begin with the same name.
/// </summary>
internal sealed class AlarmReader(StackReader stacks, IAmazonCloudWatch cloudWatch)
{
    /// <summary>
    /// How many alarms one call describes: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html.
    /// </summary>
    private const int AtOnce = 100;

    public async Task<AlarmsStatus> ReadAsync(LiveStack stack, CancellationToken cancellationToken)
    {
        try
        {
            List<LiveAlarm> alarms = [];
            foreach (var names in (await NamesAsync(stack.Id, cancellationToken)).Chunk(AtOnce))
            {
                var answer = await cloudWatch.DescribeAlarmsAsync(
                    new DescribeAlarmsRequest { AlarmNames = [.. names], MaxRecords = AtOnce },
                    cancellationToken
                );
                alarms.AddRange((answer.MetricAlarms ?? []).Select(Describe));
            }

            return new AlarmsStatus([.. alarms.OrderBy(alarm => alarm.What, StringComparer.Ordinal)]);
        }
        catch (AmazonServiceException exception) when (AwsFailure.KindOf(exception) == AwsFailureKind.Denied)
        {
            // Who may see all but the alarms sees all but the alarms.
            return new AlarmsStatus([], AwsFailure.Say(exception, exception.Message));
        }
    }

    private async Task<List<string>> NamesAsync(string stack, CancellationToken cancellationToken)
    {
        List<string> names = [];
        foreach (
            var resource in (await stacks.ResourcesAsync(stack, cancellationToken)).Values.Where(resource =>
                !string.IsNullOrEmpty(resource.PhysicalResourceId)
            )
        )
        {
            switch (resource.ResourceType)
            {
                case "AWS::CloudWatch::Alarm":
                    names.Add(resource.PhysicalResourceId);
                    break;
                case "AWS::CloudFormation::Stack":
                    names.AddRange(await NamesAsync(resource.PhysicalResourceId, cancellationToken));
                    break;
            }
        }

        return names;
    }

    private static LiveAlarm Describe(MetricAlarm alarm) =>
        new(
            alarm.AlarmDescription is { Length: > 0 } description ? description : alarm.AlarmName,
            alarm.StateValue?.Value ?? "unknown",
            alarm.StateReason is { Length: > 0 } reason ? reason : null,
            (alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp)?.ToUniversalTime()
        );
}
