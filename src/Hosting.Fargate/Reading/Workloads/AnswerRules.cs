using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>How long a service may take: for an answer, until an alarm, and after it was told to stop.</summary>
internal static class AnswerRules
{
    public static void Check(PublishedResource resource, bool isExternal, Ingress ingress, Refusals refusals)
    {
        var options = resource.Service!;
        if (options.DeregistrationDelay is { TotalSeconds: < 0 or > 3600 } || !IsWhole(options.DeregistrationDelay))
        {
            Refuse(
                $"sets DeregistrationDelay = {options.DeregistrationDelay.TotalSeconds} s. A load balancer takes whole seconds, up to "
                    + "an hour."
            );
        }

        if (options.SlowAnswer is { } slow && (slow.TotalSeconds is < 1 or > 4000 || !IsWhole(slow)))
        {
            Refuse(
                $"sets SlowAnswer = {slow.TotalSeconds} s. Write whole seconds from 1 to 4000, the longest that a load balancer waits, "
                    + "or null for no alarm."
            );
        }

        if (options.LongestAnswer is { } longest && (longest.TotalSeconds is < 1 or > Ingress.MaxIdleSeconds - 10 || !IsWhole(longest)))
        {
            Refuse(
                $"sets LongestAnswer = {longest.TotalSeconds} s. Write whole seconds from 1 to 3990: a load balancer waits 4000 s at "
                    + "the most."
            );
        }

        if (
            isExternal
            && ingress.Edge is { } edge
            && options.LongestAnswer?.TotalSeconds is { } answer
            && edge.AnswerSeconds(Ingress.MaxIdleSeconds) is var most
            && answer >= most
        )
        {
            Refuse(
                $"takes {answer} s for its longest answer (LongestAnswer), and CloudFront answers 504 after {most} s (WithCloudFront). "
                    + (
                        edge.LongestAnswer is null
                            ? "Lower the one, or have AWS raise the quota and say so: edge.LongestAnswer = TimeSpan.FromSeconds(…)."
                            : "Lower the one or raise the other: edge.LongestAnswer."
                    )
            );
        }

        if (isExternal && ingress.IdleSeconds is { } idle)
        {
            CheckIdle(options, idle, Refuse);
        }

        void Refuse(string text) => refusals.Add(resource.Name, $"'{resource.Name}' {text}");
    }

    private static void CheckIdle(FargateService options, int idle, Action<string> refuse)
    {
        if (options.LongestAnswer?.TotalSeconds >= idle)
        {
            refuse(
                $"takes {options.LongestAnswer.Value.TotalSeconds} s for its longest answer (LongestAnswer), and the load balancer "
                    + $"answers 504 after {idle} s (WithIdleTimeout). Raise the one or lower the other."
            );
        }

        if (options.SlowAnswer?.TotalSeconds >= idle)
        {
            refuse(
                $"has an alarm on answers of more than {options.SlowAnswer.Value.TotalSeconds} s (SlowAnswer), which never goes off: "
                    + $"the load balancer answers 504 after {idle} s (WithIdleTimeout). Raise the one or lower the other."
            );
        }
    }

    private static bool IsWhole(TimeSpan time) => time.Ticks % TimeSpan.TicksPerSecond == 0;
}
