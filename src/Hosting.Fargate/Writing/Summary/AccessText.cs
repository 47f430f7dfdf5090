using Hosting.Fargate.Application;

namespace Hosting.Fargate.Writing;

/// <summary>What may be done with queues and buckets, as verbs.</summary>
internal static class AccessText
{
    public static string Of(QueueAccess access) => string.Join(", ", Verbs(access));

    public static string Of(BucketAccess access) => string.Join(", ", Verbs(access));

    private static IEnumerable<string> Verbs(QueueAccess access)
    {
        if (access.HasFlag(QueueAccess.Send))
        {
            yield return "sends";
        }

        if (access.HasFlag(QueueAccess.Consume))
        {
            yield return "consumes";
        }

        if (access.HasFlag(QueueAccess.ConsumeDeadLetters))
        {
            yield return "consumes dead letters";
        }
    }

    private static IEnumerable<string> Verbs(BucketAccess access)
    {
        if (access.HasFlag(BucketAccess.Read))
        {
            yield return "reads";
        }

        if (access.HasFlag(BucketAccess.Write))
        {
            yield return "writes";
        }

        if (access.HasFlag(BucketAccess.Delete))
        {
            yield return "deletes";
        }
    }
}
