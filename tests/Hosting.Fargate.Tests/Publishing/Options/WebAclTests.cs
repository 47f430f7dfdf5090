using Amazon;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS;
using Hosting.Fargate.Publishing;

namespace Hosting.Fargate.Tests.Publishing.Options;

public sealed class WebAclTests
{
    [Fact]
    public async Task One_line_puts_rules_of_AWS_before_the_load_balancer()
    {
        var template = (await PublishAsync(shop => shop.WithManagedWebAcl())).Template();

        Assert.Equal(("REGIONAL", "shop"), (template.Property("WebAcl", "Scope"), template.Property("WebAcl", "Name")));
        Assert.Equal(
            ("GetAtt WebAcl.Arn", "Ref LoadBalancer"),
            (template.Property("WebAclAssociation", "WebACLArn"), template.Property("WebAclAssociation", "ResourceArn"))
        );
        var rules = template.Property("WebAcl", "Rules");
        Assert.Contains("Name: AWSManagedRulesCommonRuleSet", rules, StringComparison.Ordinal);
        Assert.Contains("Name: AWSManagedRulesKnownBadInputsRuleSet", rules, StringComparison.Ordinal);
        Assert.Contains("Name: AWSManagedRulesAmazonIpReputationList", rules, StringComparison.Ordinal);

        // It would refuse every upload of more than 8 KB.
        Assert.Contains("RuleActionOverrides: [{Name: SizeRestrictions_BODY, ActionToUse: {Count: {}}}]", rules, StringComparison.Ordinal);
        Assert.Contains("OverrideAction: {None: {}}", rules, StringComparison.Ordinal);
        Assert.DoesNotContain("OverrideAction: {Count: {}}", rules, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_only_counts_where_it_is_said()
    {
        var template = (
            await PublishAsync(shop =>
                shop.WithManagedWebAcl(webAcl =>
                {
                    webAcl.OnlyCounts = true;
                    webAcl.AddRuleGroup("AWSManagedRulesSQLiRuleSet");
                    webAcl.Count("AWSManagedRulesSQLiRuleSet", "SQLi_BODY");
                })
            )
        ).Template();
        var rules = template.Property("WebAcl", "Rules");

        Assert.DoesNotContain("OverrideAction: {None: {}}", rules, StringComparison.Ordinal);
        Assert.Contains("RuleActionOverrides: [{Name: SQLi_BODY, ActionToUse: {Count: {}}}]", rules, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("us-east-1", "GetAtt WebAcl.Arn")]
    [InlineData("eu-west-1", "Ref WebAclArn")]
    public async Task It_is_before_CloudFront_where_there_is_one(string region, string reference)
    {
        var published = await PublishAsync(shop => shop.WithManagedWebAcl().WithCloudFront(), region);
        var template = published.Template();

        // CloudFront takes web ACLs from us-east-1 alone: elsewhere it is in a stack there.
        Assert.Equal(region == "us-east-1", published.Templates.Edge is null);
        Assert.Equal("CLOUDFRONT", (published.Templates.Edge ?? template).Property("WebAcl", "Scope"));
        Assert.False(template.Contains("WebAclAssociation"));
        Assert.Equal(reference, template.Property("Distribution", "DistributionConfig", "WebACLId"));
    }

    [Fact]
    public async Task Two_are_refused_and_one_that_has_nothing_to_stand_before_is_not_made()
    {
        const string Existing = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shop/01234567-89ab-cdef-0123-456789abcdef";
        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            PublishAsync(shop => shop.WithWebAcl(Existing).WithManagedWebAcl())
        );
        Assert.Contains("Leave one of them out.", refusal.Message, StringComparison.Ordinal);

        var inside = await Published.ModelAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithManagedWebAcl();
            builder.AddWorker("worker");
        });
        Assert.False(inside.Template().Contains("WebAcl"));
    }

    [Fact]
    public void What_is_none_of_its_groups_is_refused_where_it_is_said()
    {
        var webAcl = new ManagedWebAcl();
        Assert.Throws<ArgumentException>(() => webAcl.AddRuleGroup("my-rules"));
        Assert.Throws<ArgumentException>(() => webAcl.AddRuleGroup("AWSManagedRulesCommonRuleSet"));
        Assert.Contains(
            "AddRuleGroup adds one.",
            Assert.Throws<ArgumentException>(() => webAcl.Count("AWSManagedRulesSQLiRuleSet", "SQLi_BODY")).Message,
            StringComparison.Ordinal
        );
    }

    private static Task<Publication> PublishAsync(Action<IResourceBuilder<FargateEnvironmentResource>> shop, string? region = null) =>
        Published.ModelAsync(builder =>
        {
            var environment = builder.AddFargateEnvironment("shop");
            if (region is not null)
            {
                environment.WithReference(builder.AddAWSSDKConfig().WithRegion(RegionEndpoint.GetBySystemName(region)));
            }

            shop(environment);
            builder.AddWeb("api").WithExternalHttpEndpoints();
        });
}
