using Hosting.Fargate.Deploying;
using Hosting.Fargate.Deploying.Status;

namespace Hosting.Fargate.Tests.Deploying;

public sealed class StatusTextTests
{
    [Fact]
    public void The_addresses_that_services_have_beside_the_applications_are_said()
    {
        var status = new ApplicationStatus
        {
            Foundation = new("shop-foundation", null, null),
            Application = new(
                "shop",
                new()
                {
                    Name = "shop",
                    Id = "arn:aws:cloudformation:eu-west-1:123456789012:stack/shop/1",
                    Status = Amazon.CloudFormation.StackStatus.CREATE_COMPLETE,
                    Outputs = new Dictionary<string, string>
                    {
                        ["SiteUrl"] = "http://lb.example.com:17799",
                        ["ClusterName"] = "shop",
                        ["Url"] = "http://lb.example.com",
                        ["AdminUrl"] = "http://lb.example.com:11111",
                    },
                    Parameters = new Dictionary<string, string>(),
                },
                null
            ),
            Services = [],
            Alarms = new([]),
        };

        var lines = StatusText.Lines(status, new ConsoleLinks("aws", "eu-west-1")).ToList();
        Assert.Equal(
            ["  http://lb.example.com", "  http://lb.example.com:11111 (AdminUrl)", "  http://lb.example.com:17799 (SiteUrl)"],
            lines.Where(line => line.Contains("lb.example.com", StringComparison.Ordinal))
        );
    }
}
