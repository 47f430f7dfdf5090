using System.Buffers;

namespace Aws.Ecs.Telemetry.Export;

/// <summary>
/// The body of an export, as far as it must be understood to count and to divide it. The three signals are built alike: a request has
/// resources (1), each with its description and its scopes (2), and those with their items (2).
/// https://github.com/open-telemetry/opentelemetry-proto/tree/main/opentelemetry/proto/collector
/// </summary>
/// <param name="Body">The message.</param>
/// <param name="ItemCount">Spans, log records or data points in it.</param>
internal sealed record OtlpRequest(ReadOnlyMemory<byte> Body, int ItemCount)
{
    private const int Resources = 1;
    private const int Scopes = 2;
    private const int Items = 2;

    /// <exception cref="FormatException">The body is no message.</exception>
    public static OtlpRequest Of(OtlpSignal signal, ReadOnlyMemory<byte> body) => new(body, ItemsOf(signal, body).Sum(item => item.Count));

    /// <summary>
    /// The request in parts of which each keeps within the limits of AWS, in order. An item that does not by itself is left out: so many
    /// are <paramref name="lost"/>.
    /// </summary>
    public IReadOnlyList<OtlpRequest> Divide(OtlpSignal signal, out int lost)
    {
        lost = 0;
        if (Fits(this, signal))
        {
            return [this];
        }

        var parts = new List<OtlpRequest>();
        var open = new Stack<OtlpItem[]>([
            [.. ItemsOf(signal, Body)],
        ]);
        while (open.TryPop(out var items))
        {
            var part = Join(items);
            if (Fits(part, signal))
            {
                parts.Add(part);
                continue;
            }

            var halves = items is [var single] ? single.Halve() : items;
            if (halves.Length < 2)
            {
                lost += part.ItemCount;
                continue;
            }

            open.Push(halves[(halves.Length / 2)..]);
            open.Push(halves[..(halves.Length / 2)]);
        }

        return parts;
    }

    private static bool Fits(OtlpRequest request, OtlpSignal signal) =>
        request.Body.Length <= signal.AwsRequestBytes && request.ItemCount <= signal.AwsRequestItems;

    private static IEnumerable<OtlpItem> ItemsOf(OtlpSignal signal, ReadOnlyMemory<byte> body)
    {
        foreach (var resource in ProtoField.Of(body).Where(field => field.Number == Resources))
        {
            var resourceHead = Head(resource.Value, Scopes);
            foreach (var scope in ProtoField.Of(resource.Value).Where(field => field.Number == Scopes))
            {
                var scopeHead = Head(scope.Value, Items);
                foreach (var item in ProtoField.Of(scope.Value).Where(field => field.Number == Items))
                {
                    yield return OtlpItem.Of(resourceHead, scopeHead, item.Value, isMetric: signal == OtlpSignal.Metrics);
                }
            }
        }
    }

    private static byte[] Head(ReadOnlyMemory<byte> message, int children)
    {
        var head = new ArrayBufferWriter<byte>();
        foreach (var field in ProtoField.Of(message).Where(field => field.Number != children))
        {
            head.Write(field.Whole.Span);
        }

        return head.WrittenSpan.ToArray();
    }

    private static OtlpRequest Join(ReadOnlySpan<OtlpItem> items)
    {
        ArrayBufferWriter<byte> body = new(),
            resource = new(),
            scope = new();
        var count = 0;
        for (var index = 0; index < items.Length; index++)
        {
            var (item, next) = (items[index], index + 1 < items.Length ? items[index + 1] : null);
            if (scope.WrittenCount == 0)
            {
                scope.Write(item.ScopeHead);
            }

            ProtoField.Write(scope, Items, item.Message.Span);
            count += item.Count;
            var sameResource = ReferenceEquals(next?.ResourceHead, item.ResourceHead);
            if (sameResource && ReferenceEquals(next?.ScopeHead, item.ScopeHead))
            {
                continue;
            }

            if (resource.WrittenCount == 0)
            {
                resource.Write(item.ResourceHead);
            }

            ProtoField.Write(resource, Scopes, scope.WrittenSpan);
            scope.ResetWrittenCount();
            if (!sameResource)
            {
                ProtoField.Write(body, Resources, resource.WrittenSpan);
                resource.ResetWrittenCount();
            }
        }

        return new OtlpRequest(body.WrittenMemory, count);
    }
}
