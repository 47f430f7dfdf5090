using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Costs;
using Hosting.Fargate.Markup;

namespace Hosting.Fargate.Data;

/// <summary>A queue of the model, with its dead-letter queue.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="VisibilitySeconds">How long a received message is hidden from others.</param>
/// <param name="MaxReceives">How often a message is received before it goes to the dead-letter queue; null where there is none.</param>
/// <param name="Existing">The ARN where the queue is there already.</param>
internal sealed record Queue(string Name, int VisibilitySeconds, int? MaxReceives, string? Existing) : DataResource(Name, Existing)
{
    /// <summary>Characters: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html.</summary>
    public const int LongestName = 80;

    private const string Metrics = "AWS/SQS";

    private static readonly string[] s_consume =
    [
        "sqs:ReceiveMessage",
        "sqs:DeleteMessage",
        "sqs:ChangeMessageVisibility",
        "sqs:GetQueueUrl",
        "sqs:GetQueueAttributes",
    ];

    public override string Type => QueueType.Name;

    public override string Noun => "queue";

    public override string Service => "SQS";

    public override string How =>
        $"a message is hidden for {VisibilitySeconds} s"
        + (MaxReceives is { } most ? $", a dead letter after {most}" : ", no dead-letter queue here");

    public override MermaidShape Shape => MermaidShape.Queue;

    public override string? Caption => MaxReceives is { } most ? $"dead letters after {most}" : null;

    public override DataEndpoint? Endpoint => new("sqs", "services use queues");

    public override UncountedCost? Cost =>
        new(
            "Queue requests, empty long polls too",
            $"{CostText.Amount(Prices.MillionQueueRequests)} a million, after the account's first million of the month"
        );

    public override IEnumerable<DataOutput> Outputs
    {
        get
        {
            yield return new("QueueUrl", Fn.Ref(QueueId));
            yield return new("QueueArn", Fn.GetAtt(QueueId, "Arn"));
            yield return new("QueueName", Fn.GetAtt(QueueId, "QueueName"));
            if (MaxReceives is not null)
            {
                yield return new("DeadLetterQueueUrl", Fn.Ref(DeadLetterId));
                yield return new("DeadLetterQueueArn", Fn.GetAtt(DeadLetterId, "Arn"));
                yield return new("DeadLetterQueueName", Fn.GetAtt(DeadLetterId, "QueueName"));
            }
        }
    }

    public override IEnumerable<MetricAlarm> Alarms
    {
        get
        {
            if (MaxReceives is not null && Existing is null)
            {
                yield return new(
                    $"{Id}DeadLettersAlarm",
                    $"messages of {Name} have failed for good: they are in {Name}-dead-letters",
                    Metrics,
                    "ApproximateNumberOfMessagesVisible",
                    new TemplateMap { ["QueueName"] = Attribute("DeadLetterQueueName") },
                    Threshold: 0,
                    Periods: 1
                );
            }

            // It leaves out what was received three times or more: dead letters have an alarm of their own.
            yield return new(
                $"{Id}AgeAlarm",
                $"the oldest message in {Name} has waited for 15 minutes",
                Metrics,
                "ApproximateAgeOfOldestMessage",
                new TemplateMap { ["QueueName"] = Attribute("QueueName") },
                Threshold: 900,
                Periods: 5
            );
        }
    }

    public override IReadOnlyList<DataChart> Charts
    {
        get
        {
            var name = InText("QueueName");
            List<ChartLine> depth =
            [
                Metric("ApproximateNumberOfMessagesVisible", name, "waiting"),
                Metric("ApproximateNumberOfMessagesNotVisible", name, "in hand"),
            ];
            if (MaxReceives is not null && Existing is null)
            {
                depth.Add(Metric("ApproximateNumberOfMessagesVisible", InText("DeadLetterQueueName"), "dead letters"));
            }

            return
            [
                new($"{Name}: waiting, in hand, dead letters", "Maximum", depth),
                new($"{Name}: seconds that the oldest has waited", "Maximum", [Metric("ApproximateAgeOfOldestMessage", name, "oldest")]),
                // A consumer deletes a message when its work is done: the one count of it that needs nothing of the application.
                new(
                    $"{Name}: sent and done",
                    "Sum",
                    [Metric("NumberOfMessagesSent", name, "sent"), Metric("NumberOfMessagesDeleted", name, "done (deleted)")]
                ),
            ];
        }
    }

    private string QueueId => $"{Id}Queue";

    private string DeadLetterId => $"{Id}DeadLetterQueue";

    public override string? RefuseName(string application)
    {
        var longest = $"{application}-{Name}{(MaxReceives is null ? "" : "-dead-letters")}";
        return longest.Length <= LongestName
            ? null
            : $"'{Name}' would have the queue {longest} with {longest.Length} characters, and SQS takes "
                + $"{LongestName}. Shorten the name of the environment or of the queue.";
    }

    public override string? RefuseAccess(string user, Enum access) =>
        access.HasFlag(QueueAccess.ConsumeDeadLetters) && MaxReceives is null
            ? $"'{user}' is to consume the dead letters of '{Name}', which has no dead-letter queue here. Leave QueueAccess.ConsumeDeadLetters out."
            : null;

    public override bool IsWork(Enum access) => access.HasFlag(QueueAccess.Consume);

    public override IEnumerable<string> Verbs(Enum access)
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

    public override IEnumerable<Statement> Statements(Workload workload, DataGrant grant)
    {
        List<string> actions = [];
        if (grant.Access.HasFlag(QueueAccess.Send))
        {
            actions.Add("sqs:SendMessage");
        }

        if (grant.Access.HasFlag(QueueAccess.Consume))
        {
            actions.AddRange(s_consume);
        }
        else if (actions.Count > 0)
        {
            actions.AddRange(["sqs:GetQueueUrl", "sqs:GetQueueAttributes"]);
        }

        if (actions.Count > 0)
        {
            yield return new($"{Id}Queue", actions, [Attribute("QueueArn")]) { Comment = grant.Reason };
        }

        if (grant.Access.HasFlag(QueueAccess.ConsumeDeadLetters))
        {
            yield return new($"{Id}DeadLetters", s_consume, [Attribute("DeadLetterQueueArn")]) { Comment = grant.Reason };
        }
    }

    public override IEnumerable<TemplateResource> Compose(string application)
    {
        var name = $"{application}-{Name}";
        yield return Kept.Resource(
            new(QueueId, Type)
            {
                Comment =
                    $"AddSqsQueue(\"{Name}\")"
                    + (MaxReceives is { } most ? $": received {most} times and not deleted, a message is a dead letter" : ""),
                Properties = new()
                {
                    ["QueueName"] = name,
                    ["VisibilityTimeout"] = VisibilitySeconds,
                    ["ReceiveMessageWaitTimeSeconds"] = 20,
                    ["MessageRetentionPeriod"] = 345600,
                    ["SqsManagedSseEnabled"] = true,
                    ["RedrivePolicy"] = MaxReceives is not { } receives
                        ? null
                        : new TemplateMap { ["deadLetterTargetArn"] = Fn.GetAtt(DeadLetterId, "Arn"), ["maxReceiveCount"] = receives },
                },
            }
        );
        yield return QueuePolicy.Of(QueueId);
        if (MaxReceives is null)
        {
            yield break;
        }

        yield return Kept.Resource(
            new(DeadLetterId, Type)
            {
                Comment =
                    $"AddSqsQueue(\"{Name}\"): its dead letters, kept 14 days. The source by its name, not by GetAtt: {QueueId} names this queue already",
                Properties = new()
                {
                    ["QueueName"] = $"{name}-dead-letters",
                    ["MessageRetentionPeriod"] = 1209600,
                    ["SqsManagedSseEnabled"] = true,
                    ["RedriveAllowPolicy"] = new TemplateMap
                    {
                        ["redrivePermission"] = "byQueue",
                        ["sourceQueueArns"] = new TemplateList([Fn.Arn("sqs", name)]),
                    },
                },
            }
        );
        yield return QueuePolicy.Of(DeadLetterId);
    }

    protected override TemplateNode? Known(string property) =>
        property switch
        {
            "QueueArn" => Existing!,
            "QueueName" => Existing![(Existing!.LastIndexOf(':') + 1)..],
            _ => null,
        };

    private static ChartLine Metric(string metric, string name, string label) => new(label, Metrics, metric, "QueueName", name);
}
