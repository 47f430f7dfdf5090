using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Data;

namespace Hosting.Fargate.Composing;

/// <summary>
/// Which connections the network had. In a bucket, which is half the price of a log group and takes no role. Source:
/// https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html.
/// </summary>
internal static class FlowLogsComposer
{
    public const string Output = "FlowLogsBucketArn";

    public static TemplateResource FlowLog(FargateApplication application) =>
        new("FlowLog", "AWS::EC2::FlowLog")
        {
            Comment = "WithFlowLogs: every connection, accepted or not, in batches of ten minutes",
            Properties = new()
            {
                ["ResourceType"] = "VPC",
                ["ResourceId"] = Fn.Ref(SharedIds.Vpc),
                ["TrafficType"] = "ALL",
                ["LogDestinationType"] = "s3",
                ["LogDestination"] = FoundationOutputs.Output(Output),
                ["MaxAggregationInterval"] = 600,
            },
        };

    public static void AddBucket(Template template, FargateApplication application, int days)
    {
        const string id = "FlowLogsBucket";
        TemplateMap ofThisAccount = new()
        {
            ["StringEquals"] = new TemplateMap { ["aws:SourceAccount"] = Fn.AccountId },
            ["ArnLike"] = new TemplateMap { ["aws:SourceArn"] = Fn.Arn("logs", "*") },
        };
        template.Add(
            new TemplateSection(
                "flow logs",
                [
                    BucketTemplate.Unnamed(
                        id,
                        $"WithFlowLogs(days: {days}): written by the log delivery of AWS",
                        BucketTemplate.Expiration(days)
                    ),
                    BucketTemplate.Policy(
                        id,
                        "over TLS alone, and written by the flow logs of this account",
                        Allow("FlowLogsWrite", "s3:PutObject", Fn.Sub($"${{{id}.Arn}}/AWSLogs/${{AWS::AccountId}}/*"), ofThisAccount),
                        Allow("FlowLogsLook", "s3:GetBucketAcl", Fn.GetAtt(id, "Arn"), ofThisAccount)
                    ),
                ]
            )
        );
        FoundationComposer.Give(template, Output, Fn.GetAtt(id, "Arn"));
    }

    private static TemplateMap Allow(string sid, string action, TemplateNode resource, TemplateMap condition) =>
        new()
        {
            Comment = "WithFlowLogs: the log delivery of AWS, for this account",
            ["Sid"] = sid,
            ["Effect"] = "Allow",
            ["Principal"] = new TemplateMap { ["Service"] = "delivery.logs.amazonaws.com" },
            ["Action"] = action,
            ["Resource"] = resource,
            ["Condition"] = condition,
        };
}
