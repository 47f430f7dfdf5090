using System.Text.Json.Nodes;
using Amazon.CloudWatchLogs;
using Amazon.Runtime;
using Amazon.XRay;
using ServiceDefaults.Tests.Aws;
using TransactionSearchOfAccount = Hosting.Fargate.Deploying.TransactionSearch.TransactionSearch;

namespace Hosting.Fargate.Tests.Deploying;

/// <summary>An account as X-Ray and CloudWatch Logs show it to Transaction Search, over HTTP. Time passes at once.</summary>
internal sealed class TraceAccount : IAsyncDisposable
{
    private readonly List<string> _calls = [];
    private AwsServer _server = null!;

    /// <summary>Resource policies by name, in the order of CloudWatch Logs.</summary>
    public OrderedDictionary<string, string> Policies { get; } = [];

    public string Destination { get; set; } = "XRay";

    /// <summary>How often the destination is PENDING before it is ACTIVE.</summary>
    public int PendingFor { get; set; } = 2;

    /// <summary>How often X-Ray does not see yet that it may write.</summary>
    public int BlindFor { get; set; }

    /// <summary>What an operation answers in place of what it does: an error's code and message.</summary>
    public Dictionary<string, (string Code, string Message)> Errors { get; } = [];

    /// <summary>The calls that change something.</summary>
    public IReadOnlyList<string> Changes =>
        [.. _calls.Where(call => call.StartsWith("Put", StringComparison.Ordinal) || call.StartsWith("Update", StringComparison.Ordinal))];

    public InstantTime Time { get; } = new();

    public TransactionSearchOfAccount Search { get; private set; } = null!;

    public static async Task<TraceAccount> StartAsync()
    {
        var account = new TraceAccount();
        account._server = await AwsServer.StartAsync(account.Answer);
        account.Search = new TransactionSearchOfAccount(
            new AmazonXRayClient("key", "secret", Configured(new AmazonXRayConfig(), account._server.Address)),
            new AmazonCloudWatchLogsClient("key", "secret", Configured(new AmazonCloudWatchLogsConfig(), account._server.Address)),
            "aws",
            "eu-west-1",
            "123456789012",
            account.Time
        );
        return account;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static T Configured<T>(T config, string address)
        where T : ClientConfig
    {
        (config.ServiceURL, config.AuthenticationRegion, config.MaxErrorRetry) = (address, "eu-west-1", 0);
        return config;
    }

    private AwsAnswer Answer(AwsRequest request)
    {
        lock (_calls)
        {
            var operation = request.Operation ?? request.Path[1..];
            _calls.Add(operation);
            var body = request.Body.Length == 0 ? [] : JsonNode.Parse(request.Body)!.AsObject();
            return Errors.TryGetValue(operation, out var error)
                ? Error(error.Code, error.Message)
                : operation switch
                {
                    "DescribeResourcePolicies" => Page(
                        (int?)(body["nextToken"] is { } token ? int.Parse(token.GetValue<string>()) : null) ?? 0
                    ),
                    "PutResourcePolicy" => Put(body["policyName"]!.GetValue<string>(), body["policyDocument"]!.GetValue<string>()),
                    "UpdateTraceSegmentDestination" => Update(body["Destination"]!.GetValue<string>()),
                    "GetTraceSegmentDestination" => Destinations(),
                    _ => new AwsAnswer(404, "", "text/html"),
                };
        }
    }

    private static AwsAnswer Error(string code, string message) => Json(new JsonObject { ["__type"] = code, ["message"] = message }, 400);

    private static AwsAnswer Json(JsonObject body, int status = 200) => new(status, body.ToJsonString(), "application/json");

    /// <summary>Three a page.</summary>
    private AwsAnswer Page(int from) =>
        Json(
            new JsonObject
            {
                ["resourcePolicies"] = new JsonArray([
                    .. Policies
                        .Skip(from)
                        .Take(3)
                        .Select(policy => new JsonObject { ["policyName"] = policy.Key, ["policyDocument"] = policy.Value }),
                ]),
                ["nextToken"] = from + 3 < Policies.Count ? $"{from + 3}" : null,
            }
        );

    private AwsAnswer Put(string name, string document)
    {
        Policies[name] = document;
        return Json([]);
    }

    private AwsAnswer Update(string destination)
    {
        if (BlindFor-- > 0)
        {
            return Error("InvalidRequestException", "XRay does not have permission to call PutLogEvents on the aws/spans Log Group");
        }

        Destination = destination;
        return Destinations();
    }

    private AwsAnswer Destinations() =>
        Json(
            new JsonObject { ["Destination"] = Destination, ["Status"] = Destination == "XRay" || PendingFor-- <= 0 ? "ACTIVE" : "PENDING" }
        );

    /// <summary>Time that passes as fast as it is waited for.</summary>
    internal sealed class InstantTime : TimeProvider
    {
        private long _ticks;

        public TimeSpan Passed => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _ticks);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Add(ref _ticks, dueTime.Ticks);
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
