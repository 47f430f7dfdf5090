using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Data;

namespace Hosting.Fargate.Composing;

/// <summary>Where the load balancer's access logs go.</summary>
internal static class AccessLogsComposer
{
    public const string Output = "AccessLogsBucketName";

    /// <summary>Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html.</summary>
    public static void Add(Template template, FargateApplication application, int days)
    {
        const string id = "AccessLogsBucket";
        template.Add(
            new TemplateSection(
                "access logs",
                [
                    BucketTemplate.Unnamed(
                        id,
                        $"WithAccessLogs(days: {days}): written by the load balancer",
                        BucketTemplate.Expiration(days)
                    ),
                    BucketTemplate.Policy(
                        id,
                        "over TLS alone, and written by the load balancers of this account",
                        new TemplateMap
                        {
                            Comment = "WithAccessLogs: the load balancers of this account write here",
                            ["Sid"] = "LoadBalancerWrites",
                            ["Effect"] = "Allow",
                            ["Principal"] = new TemplateMap { ["Service"] = "logdelivery.elasticloadbalancing.amazonaws.com" },
                            ["Action"] = "s3:PutObject",
                            ["Resource"] = Fn.Sub($"${{{id}.Arn}}/AWSLogs/${{AWS::AccountId}}/*"),
                            ["Condition"] = new TemplateMap
                            {
                                ["ArnLike"] = new TemplateMap
                                {
                                    ["aws:SourceArn"] = Fn.Sub(
                                        "arn:${AWS::Partition}:elasticloadbalancing:${AWS::Region}:${AWS::AccountId}:loadbalancer/*"
                                    ),
                                },
                            },
                        }
                    ),
                ]
            )
        );
        FoundationComposer.Give(template, Output, Fn.Ref(id));
    }
}
