using Hosting.Fargate.Aws;
using Hosting.Fargate.Deploying;

namespace Hosting.Fargate.Tests.Aws;

public sealed class ConsoleLinksTests
{
    private static readonly ConsoleLinks s_links = new("aws", "eu-west-1");

    [Fact]
    public void Each_page_has_the_address_that_the_console_has()
    {
        Assert.Equal(
            "https://console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/$252Fecs$252Fprofiler$252Fapi",
            s_links.LogGroup("/ecs/profiler/api")
        );
        Assert.Equal(
            "https://console.aws.amazon.com/cloudwatch/home?region=eu-west-1#dashboards:name=profiler",
            s_links.Dashboard("profiler")
        );
        Assert.Equal("https://console.aws.amazon.com/cloudwatch/home?region=eu-west-1#alarmsV2:", s_links.Alarms());
        Assert.Equal("https://console.aws.amazon.com/xray/home?region=eu-west-1#/service-map?timeRange=PT1H", s_links.TraceMap());
        Assert.Equal(
            "https://console.aws.amazon.com/xray/home?region=eu-west-1#/traces?filter=service%28%22api%22%29&timeRange=PT1H",
            s_links.Traces("api")
        );
        Assert.Equal(
            "https://console.aws.amazon.com/ecs/v2/clusters/profiler/services/api/health?region=eu-west-1",
            s_links.Service("profiler", "api")
        );
        Assert.Equal(
            "https://console.aws.amazon.com/cloudformation/home?region=eu-west-1#/stacks/stackinfo?stackId=arn%3Aaws%3Acloudformation%3Aeu-west-1%3A123456789012%3Astack%2Fprofiler%2F1a2b",
            s_links.Stack("arn:aws:cloudformation:eu-west-1:123456789012:stack/profiler/1a2b")
        );
    }

    [Theory]
    [InlineData("eu-west-1", "https://console.aws.amazon.com/cloudwatch/")]
    [InlineData("us-east-1", "https://console.aws.amazon.com/cloudwatch/")]
    [InlineData("cn-north-1", "https://console.amazonaws.cn/cloudwatch/")]
    [InlineData("us-gov-west-1", "https://console.amazonaws-us-gov.com/cloudwatch/")]
    [InlineData("${AWS::Region}", "https://console.aws.amazon.com/cloudwatch/home?region=${AWS::Region}#")]
    public void Each_partition_has_a_console_of_its_own(string region, string expected) =>
        Assert.StartsWith(expected, new ConsoleLinks(ConsoleLinks.PartitionOf(region), region).Dashboard("shop"), StringComparison.Ordinal);

    [Theory]
    [InlineData("/aws/ecs/containerinsights/a b/performance", "$252Faws$252Fecs$252Fcontainerinsights$252Fa$2520b$252Fperformance")]
    [InlineData("100%#$", "100$2525$2523$2524")]
    public void Nothing_of_a_name_is_left_to_mean_something_else(string name, string expected) =>
        Assert.EndsWith("/log-group/" + expected, s_links.LogGroup(name), StringComparison.Ordinal);
}
