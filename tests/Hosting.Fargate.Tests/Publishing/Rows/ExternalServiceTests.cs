using Aspire.Hosting;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Rows;

public sealed class ExternalServiceTests
{
    [Fact]
    public async Task An_address_that_is_known_is_text()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder.AddWorker("worker").WithReference(builder.AddExternalService("stripe", "https://api.stripe.com/"))
            )
        ).Template();

        Assert.Equal("https://api.stripe.com/", template.Variable("worker", "services__stripe__https__0"));
        Assert.Equal("https://api.stripe.com/", template.Variable("worker", "STRIPE"));
        Assert.Equal("{Enabled: false}", template.Service("worker").At("ServiceConnectConfiguration").Show());
    }

    [Fact]
    public async Task An_address_that_is_a_parameter_is_one_of_the_template()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var url = builder.AddParameter("stripe-url", "https://sandbox.stripe.com/");
            builder.AddWorker("worker").WithReference(builder.AddExternalService("stripe", url));
        });

        Assert.Equal("Ref StripeUrl", published.Template().Variable("worker", "services__stripe__default__0"));
        Assert.Contains("https://sandbox.stripe.com/", published.File("shop.parameters.json"), StringComparison.Ordinal);
    }
}
