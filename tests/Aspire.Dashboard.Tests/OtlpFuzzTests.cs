using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Aspire.Dashboard.Otlp;
using Aspire.Dashboard.Telemetry;
using Google.Protobuf;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace Aspire.Dashboard.Tests;

/// <summary>Valid requests, broken at random: each is taken or refused, none makes the receivers fail or grow. The seed is fixed.</summary>
public sealed class OtlpFuzzTests
{
    private const int Seed = 20261124;

    private static readonly DashboardOptions s_options = new()
    {
        MaxLogCount = 500, MaxTraceCount = 200, MaxSpansPerTrace = 50, MaxSpanCount = 2_000, MaxLogBytes = 2_000_000, MaxSpanBytes = 2_000_000, MaxMetricBytes = 2_000_000,
        MaxAttributeCount = 16, MaxAttributeLength = 1_024, MaxMetricsCount = 200,
    };

    [Fact]
    public void Ninety_thousand_broken_protobuf_and_json_messages_are_taken_or_refused()
    {
        var store = new TelemetryStore(s_options);
        var receiver = new OtlpReceiver(store);
        var random = new Random(Seed);
        var seeds = OtlpSeeds.All;
        var (taken, refused) = (0, 0);
        for (var i = 0; i < 90_000; i++)
        {
            var seed = seeds[i % seeds.Length];
            var isJson = i / seeds.Length % 2 == 0;
            var body = Mutation.Of(isJson ? seed.Json : seed.Protobuf, random);
            try
            {
                switch (seed.Kind)
                {
                    case 0: receiver.Export(Parse<ExportTraceServiceRequest>(body, isJson)); break;
                    case 1: receiver.Export(Parse<ExportLogsServiceRequest>(body, isJson)); break;
                    default: receiver.Export(Parse<ExportMetricsServiceRequest>(body, isJson)); break;
                }

                taken++;
            }
            catch (Exception exception) when (OtlpJson.IsMalformed(exception))
            {
                refused++;
            }
        }

        // Were nearly all refused, or taken, little of the code behind the decoders would have run.
        Assert.InRange(taken, 10_000, 85_000);
        Assert.InRange(refused, 5_000, 80_000);
        Assert.InRange(store.Logs.Length, 1, s_options.MaxLogCount);
        Assert.InRange(store.Traces.Length, 1, s_options.MaxTraceCount);
        Assert.InRange(store.SpanCount, 1, s_options.MaxSpanCount);
        Assert.InRange(store.Logs.Sum(TelemetrySize.Of), 1, s_options.MaxLogBytes);
        Assert.InRange(store.Traces.SelectMany(trace => trace.Spans).Sum(TelemetrySize.Of), 1, s_options.MaxSpanBytes);
        Assert.InRange(store.Resources.Sum(TelemetrySize.Of), 1, 32 * 1024 * 1024);
        // What was kept can be drawn, too.
        foreach (var trace in store.Traces)
        {
            Assert.Equal(trace.Spans.Length, Waterfall.Rows(trace, new HashSet<string>()).Length);
        }

        foreach (var (key, _) in store.Metrics.Instruments)
        {
            foreach (var show in Enum.GetValues<MetricShow>())
            {
                MetricSeries.Of(store.Metrics.Find(key)!, DateTimeOffset.UnixEpoch, DateTimeOffset.UtcNow, show);
            }
        }
    }

    [Fact]
    public async Task Ten_thousand_broken_grpc_frames_and_http_requests_leave_the_server_answering()
    {
        await using var dashboard = await DashboardServer.StartAsync(s_options, SampleModel.Create(), TestContext.Current.CancellationToken);
        using var grpc = new HttpClient { BaseAddress = dashboard.OtlpGrpcUrl, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var http = new HttpClient { BaseAddress = dashboard.OtlpHttpUrl };
        var seeds = OtlpSeeds.All;
        var unexpected = new List<string>();
        var random = new Random(Seed);
        var inputs = Enumerable.Range(0, 10_000).Select(i => (Seed: seeds[i % seeds.Length], Kind: i / seeds.Length % 3, Random: new Random(random.Next()))).ToList();
        await Parallel.ForEachAsync(inputs, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (input, cancellationToken) =>
        {
            var (seed, kind, source) = input;
            using var request = kind switch
            {
                0 => Request($"opentelemetry.proto.collector.{seed.Service}/Export", Mutation.Of(Frame(seed.Protobuf, source), source), "application/grpc"),
                1 => Request(seed.Path, Mutation.Of(seed.Protobuf, source), "application/x-protobuf"),
                _ => Request(seed.Path, Mutation.Of(seed.Json, source), "application/json"),
            };
            request.Version = kind == 0 ? HttpVersion.Version20 : HttpVersion.Version11;
            try
            {
                using var response = await (kind == 0 ? grpc : http).SendAsync(request, cancellationToken);
                await response.Content.ReadAsByteArrayAsync(cancellationToken);
                if (kind != 0 && response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.BadRequest))
                {
                    lock (unexpected)
                    {
                        unexpected.Add($"{response.StatusCode} from {seed.Path}");
                    }
                }
            }
            catch (HttpRequestException) when (kind == 0)
            {
                // A stream that the server resets is refused as well.
            }
        });

        Assert.Empty(unexpected);
        dashboard.Telemetry.Clear(_ => true);
        using (var service = new SampleService("after", "1", dashboard, OpenTelemetry.Exporter.OtlpExportProtocol.Grpc, null))
        {
            service.Source.StartActivity("still here")?.Dispose();
        }

        Assert.Equal("still here", Assert.Single(dashboard.Telemetry.Traces).Root.Name);
    }

    private static TRequest Parse<TRequest>(byte[] body, bool isJson) where TRequest : IMessage<TRequest>, new() =>
        isJson ? OtlpJson.Parse<TRequest>(body) : new MessageParser<TRequest>(() => new TRequest()).ParseFrom(body);

    private static byte[] Frame(byte[] message, Random random)
    {
        var length = random.Next(8) == 0 ? random.Next() : message.Length;
        return [(byte)(random.Next(16) == 0 ? 1 : 0), (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length, .. message];
    }

    private static HttpRequestMessage Request(string path, byte[] body, string contentType)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        if (contentType == "application/grpc")
        {
            request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        }

        return request;
    }
}

/// <summary>Breaks a message in one of the ways in which messages are broken, or leaves it whole.</summary>
internal static class Mutation
{
    private static readonly byte[][] s_pieces =
    [
        [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], [0x0a, 0xff, 0xff, 0xff, 0x7f], new byte[64], Encoding.UTF8.GetBytes(new string('[', 200)),
        "\"\\u0000\\ud800\""u8.ToArray(), "1e999"u8.ToArray(), "-1"u8.ToArray(), "null"u8.ToArray(), "{\"kvlistValue\":{\"values\":["u8.ToArray(), "18446744073709551615"u8.ToArray(),
    ];

    public static byte[] Of(byte[] valid, Random random)
    {
        var bytes = valid.ToList();
        for (var changes = random.Next(5); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(7))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 20))); break;
                case 3: bytes.InsertRange(at, s_pieces[random.Next(s_pieces.Length)]); break;
                case 4: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, random.Next(1, 60)))); break;
                case 5: bytes.RemoveRange(at, bytes.Count - at); break;
                default:
                    // A digit for a digit keeps the message well formed, and makes new ids and other numbers of it.
                    var digit = bytes.FindIndex(at, value => value is >= (byte)'0' and <= (byte)'9');
                    if (digit >= 0)
                    {
                        bytes[digit] = (byte)('0' + random.Next(10));
                    }

                    break;
            }
        }

        return [.. bytes];
    }
}
