using System.Globalization;
using System.Net;
using Aws.CloudFormation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Testing.Edge;

/// <summary>
/// What the load balancer of a template does, over HTTP, on this machine: it goes by the listener's rules, and says how it was called.
/// </summary>
internal sealed class LoadBalancerStandIn : IAsyncDisposable
{
    private readonly TemplateMap _template;
    private readonly IReadOnlyDictionary<string, Uri> _groups;
    private readonly Forwarding _forwarding = new();
    private readonly WebApplication _app;

    private LoadBalancerStandIn(TemplateMap template, IReadOnlyDictionary<string, Uri> groups)
    {
        (_template, _groups) = (template, groups);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public Uri Address => new(_app.Urls.Single());

    /// <param name="template">The application's template.</param>
    /// <param name="groups">What is behind each target group, by its logical id.</param>
    public static async Task<LoadBalancerStandIn> StartAsync(TemplateMap template, IReadOnlyDictionary<string, Uri> groups)
    {
        var balancer = new LoadBalancerStandIn(template, groups);
        await balancer._app.StartAsync(TestContext.Current.CancellationToken);
        return balancer;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _forwarding.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var rule = Properties("AWS::ElasticLoadBalancingV2::ListenerRule")
            .OrderBy(rule => rule.At("Priority").AsNumber())
            .FirstOrDefault(rule => rule.At("Conditions").Maps().All(condition => Holds(condition, context.Request)));
        if (rule is null)
        {
            var action = Assert.Single(Properties("AWS::ElasticLoadBalancingV2::Listener")).At("DefaultActions").Maps().Single();
            context.Response.StatusCode = int.Parse(action.At("FixedResponseConfig", "StatusCode").AsText()!, CultureInfo.InvariantCulture);
            return;
        }

        // Of who sends a request it says nothing, as EdgeComposer.ForwardedFor tells it.
        var group = Assert.Single(Assert.Single(rule.At("Actions").Items()).At("TargetGroupArn").References());
        await _forwarding.SendAsync(
            context,
            new Uri(_groups[group], $"{context.Request.Path.ToUriComponent()}{context.Request.QueryString}"),
            new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
            {
                ["X-Forwarded-Proto"] = "http",
                ["X-Forwarded-Port"] = "80",
            }
        );
    }

    private IEnumerable<TemplateNode> Properties(string type) =>
        (_template.At("Resources") as TemplateMap ?? [])
            .Select(resource => resource.Value)
            .Where(resource => resource.At("Type").AsText() == type)
            .Select(resource => resource.At("Properties")!);

    /// <summary>https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html</summary>
    private static bool Holds(TemplateNode condition, HttpRequest request) =>
        condition.At("Field").AsText() switch
        {
            "path-pattern" => condition
                .At("PathPatternConfig", "Values")
                .Items()
                .Any(pattern => EdgeStandIn.Matches(pattern.AsText()!, request.Path.Value!)),
            "http-header" => condition
                .At("HttpHeaderConfig", "Values")
                .Items()
                .Any(value => EdgeStandIn.TextOf(value) == request.Headers[condition.At("HttpHeaderConfig", "HttpHeaderName").AsText()!]),
            var other => throw new NotSupportedException($"The stand-in knows no condition on '{other}'."),
        };
}
