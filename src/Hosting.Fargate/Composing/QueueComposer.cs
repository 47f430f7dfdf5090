using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>Queues and their dead-letter queues.</summary>
internal static class QueueComposer
{
    public static void Add(Template template, FargateApplication application, Queue queue)
    {
        var id = $"{queue.Id}Queue";
        var deadLetters = $"{queue.Id}DeadLetterQueue";
        var name = $"{application.Name}-{queue.Name}";
        List<TemplateResource> resources =
        [
            FoundationComposer.Kept(
                new(id, "AWS::SQS::Queue")
                {
                    Comment =
                        $"AddSqsQueue(\"{queue.Name}\")"
                        + (queue.MaxReceives is { } most ? $": received {most} times and not deleted, a message is a dead letter" : ""),
                    Properties = new()
                    {
                        ["QueueName"] = name,
                        ["VisibilityTimeout"] = queue.VisibilitySeconds,
                        ["ReceiveMessageWaitTimeSeconds"] = 20,
                        ["MessageRetentionPeriod"] = 345600,
                        ["SqsManagedSseEnabled"] = true,
                        ["RedrivePolicy"] = queue.MaxReceives is not { } receives
                            ? null
                            : new TemplateMap { ["deadLetterTargetArn"] = Fn.GetAtt(deadLetters, "Arn"), ["maxReceiveCount"] = receives },
                    },
                }
            ),
            new($"{id}Policy", "AWS::SQS::QueuePolicy") { Comment = "over TLS alone", Properties = PolicyOf(id) },
        ];
        FoundationComposer.Give(template, $"{queue.Id}QueueUrl", Fn.Ref(id));
        FoundationComposer.Give(template, $"{queue.Id}QueueArn", Fn.GetAtt(id, "Arn"));
        FoundationComposer.Give(template, $"{queue.Id}QueueName", Fn.GetAtt(id, "QueueName"));
        if (queue.MaxReceives is not null)
        {
            resources.AddRange([
                FoundationComposer.Kept(
                    new(deadLetters, "AWS::SQS::Queue")
                    {
                        Comment =
                            $"AddSqsQueue(\"{queue.Name}\"): its dead letters, kept 14 days. The source by its name, not by GetAtt: {id} names this queue already",
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
                ),
                new($"{deadLetters}Policy", "AWS::SQS::QueuePolicy") { Comment = "over TLS alone", Properties = PolicyOf(deadLetters) },
            ]);
            FoundationComposer.Give(template, $"{queue.Id}DeadLetterQueueUrl", Fn.Ref(deadLetters));
            FoundationComposer.Give(template, $"{queue.Id}DeadLetterQueueArn", Fn.GetAtt(deadLetters, "Arn"));
            FoundationComposer.Give(template, $"{queue.Id}DeadLetterQueueName", Fn.GetAtt(deadLetters, "QueueName"));
        }

        resources.ForEach(resource => resource.Owner = queue.Name);
        template.Add(new TemplateSection("queues", resources));
    }

    /// <summary>The policy of a queue: over TLS alone.</summary>
    public static TemplateMap PolicyOf(string queue) =>
        new()
        {
            ["Queues"] = new TemplateList([Fn.Ref(queue)]),
            ["PolicyDocument"] = new TemplateMap
            {
                ["Version"] = "2012-10-17",
                ["Statement"] = new TemplateList([TlsOnly.Statement("sqs:*", [Fn.GetAtt(queue, "Arn")])]),
            },
        };
}
