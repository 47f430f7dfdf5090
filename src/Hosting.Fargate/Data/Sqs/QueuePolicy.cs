using Aws.CloudFormation;

namespace Hosting.Fargate.Data;

/// <summary>The policy of a queue: over TLS alone.</summary>
internal static class QueuePolicy
{
    /// <param name="queue">The queue's logical id.</param>
    public static TemplateResource Of(string queue) =>
        new($"{queue}Policy", "AWS::SQS::QueuePolicy")
        {
            Comment = "over TLS alone",
            Properties = new()
            {
                ["Queues"] = new TemplateList([Fn.Ref(queue)]),
                ["PolicyDocument"] = new TemplateMap
                {
                    ["Version"] = "2012-10-17",
                    ["Statement"] = new TemplateList([TlsOnly.Statement("sqs:*", [Fn.GetAtt(queue, "Arn")])]),
                },
            },
        };
}
