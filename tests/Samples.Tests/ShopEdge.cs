using Aws.CloudFormation;
using Testing.Docker;
using Testing.Edge;

namespace Samples.Tests;

/// <summary>
/// CloudFront and the load balancer before the sample's tasks, stood in for by what the deployed template says of them: a distribution for
/// each of the two external services.
/// </summary>
internal sealed class ShopEdge : IAsyncDisposable
{
    private LoadBalancerStandIn _balancer = null!;
    private EdgeStandIn _api = null!;
    private EdgeStandIn _office = null!;

    private ShopEdge() { }

    /// <summary>Where browsers find the shop.</summary>
    public Uri Shop => _api.Address;

    /// <summary>Where browsers find the back office.</summary>
    public Uri Office => _office.Address;

    public static async Task<ShopEdge> StartAsync(TemplateMap template, TaskContainer api, TaskContainer office)
    {
        var edge = new ShopEdge
        {
            _balancer = await LoadBalancerStandIn.StartAsync(
                template,
                new Dictionary<string, Uri>
                {
                    [GroupOf(template, "ApiService")] = ShopTasks.AddressOf(api),
                    [GroupOf(template, "BackOfficeService")] = ShopTasks.AddressOf(office),
                }
            ),
        };
        edge._api = await DistributionAsync(template, "Distribution", edge._balancer);
        edge._office = await DistributionAsync(template, "BackOfficeDistribution", edge._balancer);
        return edge;
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _office.DisposeAsync();
        await _balancer.DisposeAsync();
    }

    private static Task<EdgeStandIn> DistributionAsync(TemplateMap template, string id, LoadBalancerStandIn balancer) =>
        EdgeStandIn.StartAsync(template, id, new Dictionary<string, Func<string, EdgeFile?>>(), balancer.Address);

    private static string GroupOf(TemplateMap template, string service) =>
        template.At("Resources", service, "Properties", "LoadBalancers").Maps().Single().At("TargetGroupArn").References().Single();
}
