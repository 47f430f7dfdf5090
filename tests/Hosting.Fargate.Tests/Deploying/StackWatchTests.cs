using System.Reflection;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Hosting.Fargate.Stacks;

namespace Hosting.Fargate.Tests.Deploying;

public sealed class StackWatchTests
{
    [Fact]
    public async Task A_change_that_begins_after_the_answer_is_waited_for()
    {
        var cloudFormation = Scripted.Create(
            "UPDATE_ROLLBACK_COMPLETE",
            "UPDATE_ROLLBACK_COMPLETE",
            "UPDATE_IN_PROGRESS",
            "UPDATE_COMPLETE"
        );
        var watch = new StackWatch(new StackReader(cloudFormation), Scripted.Id);
        await watch.SkipPastAsync(TestContext.Current.CancellationToken);

        var end = await watch.UntilDoneAsync(_ => Task.CompletedTask, TestContext.Current.CancellationToken);

        Assert.Equal("UPDATE_COMPLETE", end!.Status.Value);
    }

    [Fact]
    public async Task A_change_that_ended_before_the_first_look_is_known_by_its_events()
    {
        var cloudFormation = Scripted.Create("UPDATE_ROLLBACK_COMPLETE");
        var watch = new StackWatch(new StackReader(cloudFormation), Scripted.Id);
        await watch.SkipPastAsync(TestContext.Current.CancellationToken);
        ((Scripted)(object)cloudFormation).Events.Add("quick");
        List<string> seen = [];

        var end = await watch.UntilDoneAsync(
            events =>
            {
                seen.AddRange(events.Select(item => item.EventId));
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken
        );

        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", end!.Status.Value);
        Assert.Equal(["quick"], seen);
        Assert.Equal(1, ((Scripted)(object)cloudFormation).Looks);
    }

    /// <summary>CloudFormation with a stack that has one state after the other; the last one stays.</summary>
    public class Scripted : DispatchProxy
    {
        public const string Id = "arn:aws:cloudformation:us-east-1:123456789012:stack/shop/1";

        private Queue<string> _states = null!;

        public List<string> Events { get; } = ["of before"];

        public int Looks { get; private set; }

        public static IAmazonCloudFormation Create(params string[] states)
        {
            var created = Create<IAmazonCloudFormation, Scripted>();
            ((Scripted)(object)created)._states = new Queue<string>(states);
            return created;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            switch (targetMethod!.Name)
            {
                case nameof(IAmazonCloudFormation.DescribeStacksAsync):
                    Looks++;
                    var stack = new Stack
                    {
                        StackId = Id,
                        StackName = "shop",
                        StackStatus = _states.Count > 1 ? _states.Dequeue() : _states.Peek(),
                    };
                    return Task.FromResult(new DescribeStacksResponse { Stacks = [stack] });
                case nameof(IAmazonCloudFormation.DescribeStackEventsAsync):
                    return Task.FromResult(
                        new DescribeStackEventsResponse
                        {
                            StackEvents = [.. Events.Select(id => new StackEvent { EventId = id, StackId = Id }).Reverse()],
                        }
                    );
                default:
                    throw new NotSupportedException(targetMethod.Name);
            }
        }
    }
}
