using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Testing.Fargate;

/// <summary>Stands between a client and the emulator on the loopback interface: fails calls as its rules say, and records each.</summary>
public sealed partial class FaultProxy : IAsyncDisposable
{
    private static readonly HashSet<string> s_ownHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection",
        "Keep-Alive",
        "Transfer-Encoding",
        "Expect",
        "Content-Length",
    };

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<RecordedCall> _calls = new();
    private readonly ConcurrentDictionary<(string, string), int> _counts = new();
    private readonly string _target;
    private readonly byte[][] _secrets;
    private readonly WebApplication _app;

    private FaultProxy(string target, IEnumerable<string> secrets)
    {
        _target = target;
        _secrets =
        [
            .. secrets
                .SelectMany(secret =>
                    new[]
                    {
                        secret,
                        Uri.EscapeDataString(secret),
                        JsonEncodedText.Encode(secret).ToString(),
                        Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)),
                    }
                )
                .Distinct()
                .Select(Encoding.UTF8.GetBytes),
        ];
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(options =>
            {
                options.Listen(IPAddress.Loopback, 0);
                options.Limits.MaxRequestBodySize = null;
            });
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(ProcessAsync);
    }

    /// <summary>Its address, for AWS_ENDPOINT_URL.</summary>
    public string Url { get; private set; } = "";

    /// <summary>What to do to which calls; changed at any time.</summary>
    public ConcurrentBag<FaultRule> Rules { get; } = [];

    /// <summary>The calls so far, in order of arrival.</summary>
    public IReadOnlyList<RecordedCall> Calls => [.. _calls];

    /// <param name="target">The emulator's address.</param>
    /// <param name="secrets">Values that a call is searched for.</param>
    public static async Task<FaultProxy> StartAsync(string target, params string[] secrets)
    {
        var proxy = new FaultProxy(target, secrets);
        await proxy._app.StartAsync();
        proxy.Url = proxy._app.Urls.Single();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.DisposeAsync();
        _client.Dispose();
        _stopping.Dispose();
    }

    private async Task ProcessAsync(HttpContext context)
    {
        // A connection a call: none is left open in a state that a fault has made doubtful.
        context.Response.Headers.Connection = "close";
        using var memory = new MemoryStream();
        await context.Request.Body.CopyToAsync(memory);
        var body = memory.ToArray();
        var (service, operation) = NameOf(context.Request, body);
        var nth = _counts.AddOrUpdate((service, operation), 1, (_, count) => count + 1);
        // Each rule counts the calls it could meet, whether or not another one meets this call.
        var met = Rules.Where(rule => rule.Meets(service, operation)).ToArray().FirstOrDefault();
        _calls.Enqueue(new RecordedCall(service, operation, nth, met?.Fault, HoldsSecret(context.Request, body)));
        switch (met?.Fault)
        {
            case Fault.DropBefore:
                context.Abort();
                break;
            case Fault.Hang:
                met.Held.TrySetResult();
                await HangAsync(context);
                break;
            case Fault.Refuse:
                await FailAsync(context, service, 400, met.Code, met.Message);
                break;
            case Fault.Throttle:
                await FailAsync(context, service, 400, IsQuery(service) ? "Throttling" : "ThrottlingException", "Rate exceeded");
                break;
            case Fault.InternalFailure:
                await FailAsync(context, service, 500, "InternalFailure", "The request processing has failed because of an unknown error.");
                break;
            case Fault.Unavailable:
                await FailAsync(
                    context,
                    service,
                    503,
                    IsQuery(service) ? "ServiceUnavailable" : "ServiceUnavailableException",
                    "The service is unavailable."
                );
                break;
            default:
                await ForwardAsync(context, body, met);
                break;
        }
    }

    private async Task HangAsync(HttpContext context)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        try
        {
            await Task.Delay(Timeout.Infinite, either.Token);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }

    private async Task ForwardAsync(HttpContext context, byte[] body, FaultRule? met)
    {
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), _target + raw)
        {
            Content = new ByteArrayContent(body),
        };
        foreach (var (name, values) in context.Request.Headers.Where(header => !s_ownHeaders.Contains(header.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        // The client's own host name goes on: it is signed, and names a bucket where it has one.
        using var response = await _client.SendAsync(request);
        var answer = await response.Content.ReadAsByteArrayAsync();
        if (met?.Fault == Fault.DropAfter)
        {
            context.Abort();
            return;
        }

        if (met?.Fault == Fault.HangAfter)
        {
            met.Held.TrySetResult();
            await HangAsync(context);
            return;
        }

        if (met?.Fault == Fault.Delay)
        {
            await Task.Delay(met.Delay);
        }

        context.Response.StatusCode = (int)response.StatusCode;
        foreach (
            var (name, values) in response.Headers.Concat(response.Content.Headers).Where(header => !s_ownHeaders.Contains(header.Key))
        )
        {
            context.Response.Headers[name] = values.ToArray();
        }

        if (context.Request.Method == "HEAD")
        {
            context.Response.ContentLength = response.Content.Headers.ContentLength;
            return;
        }

        if (context.Response.StatusCode is not (204 or 304))
        {
            context.Response.ContentLength = answer.Length;
            await context.Response.Body.WriteAsync(answer);
        }
    }

    private static async Task FailAsync(HttpContext context, string service, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        if (IsQuery(service) || service == "s3")
        {
            context.Response.ContentType = "text/xml";
            var error = $"<Code>{code}</Code><Message>{message}</Message>";
            await context.Response.WriteAsync(
                service == "s3"
                    ? $"<Error>{error}<RequestId>fault</RequestId></Error>"
                    : $"<ErrorResponse><Error><Type>Sender</Type>{error}</Error><RequestId>fault</RequestId></ErrorResponse>"
            );
            return;
        }

        context.Response.ContentType = "application/x-amz-json-1.1";
        context.Response.Headers["x-amzn-ErrorType"] = code;
        await context.Response.WriteAsync(JsonSerializer.Serialize(new { __type = code, message }));
    }

    private static bool IsQuery(string service) =>
        service is "cloudformation" or "elasticloadbalancing" or "iam" or "sts" or "ec2" or "monitoring" or "rds";

    private static (string Service, string Operation) NameOf(HttpRequest request, byte[] body)
    {
        var service = CredentialScope().Match(request.Headers.Authorization.ToString()).Groups["service"].Value;
        if (request.Headers["X-Amz-Target"].ToString() is { Length: > 0 } target)
        {
            return (service, target[(target.LastIndexOf('.') + 1)..]);
        }

        var action = service == "s3" ? null : ActionParameter().Match(Encoding.UTF8.GetString(body));
        return (service, action is { Success: true } ? action.Groups["name"].Value : $"{request.Method} {request.Path}");
    }

    private bool HoldsSecret(HttpRequest request, byte[] body)
    {
        var head = Encoding.UTF8.GetBytes(
            $"{request.Path}{request.QueryString}{string.Concat(request.Headers.Select(header => header.Value.ToString()))}"
        );
        return _secrets.Any(secret => body.AsSpan().IndexOf(secret) >= 0 || head.AsSpan().IndexOf(secret) >= 0);
    }

    [GeneratedRegex("Credential=[^/]+/[0-9]+/[^/]+/(?<service>[^/]+)/aws4_request")]
    private static partial Regex CredentialScope();

    [GeneratedRegex("(^|&)Action=(?<name>[A-Za-z0-9]+)")]
    private static partial Regex ActionParameter();
}
