using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace AWSSDK.Tests.Models;

/// <summary>Where each client goes, beside what botocore's rule engine makes of AWS's own endpoint rules.</summary>
public sealed class EndpointRulesTests
{
    [Theory]
    [MemberData(nameof(TestedService.Ids), MemberType = typeof(TestedService))]
    public async Task Every_partition_has_the_endpoints_that_its_rules_say(string id)
    {
        var service = TestedService.Of(id);
        var expected = (await ServiceModel.OfAsync(service)).Endpoints.EnumerateArray().ToList();

        var resolved = expected.Select(rule =>
            Resolve(
                service,
                rule.GetProperty("region").GetString()!,
                rule.GetProperty("fips").GetBoolean(),
                rule.GetProperty("dualStack").GetBoolean()
            )
        );

        Assert.Equal(
            expected.Select(rule =>
                $"{rule.GetProperty("region")} {rule.GetProperty("fips")} {rule.GetProperty("dualStack")}: {rule.GetProperty("url")}"
            ),
            resolved
        );
    }

    private static string Resolve(TestedService service, string region, bool fips, bool dualStack)
    {
        using var client = service.CreateClient(config =>
        {
            config.IgnoreConfiguredEndpointUrls = true;
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
            config.UseFIPSEndpoint = fips;
            config.UseDualstackEndpoint = dualStack;
        });
        var request = (AmazonWebServiceRequest)Activator.CreateInstance(service.Shape(service.Operations[0] + "Request"))!;
        try
        {
            var endpoint = client.Config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(request));
            return $"{region} {fips} {dualStack}: {endpoint.URL.TrimEnd('/')}";
        }
        catch (AmazonClientException exception)
        {
            return $"{region} {fips} {dualStack}: {exception.Message}";
        }
    }
}
