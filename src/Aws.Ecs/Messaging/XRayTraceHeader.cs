using System.Diagnostics;

namespace Aws.Ecs.Messaging;

/// <summary>
/// The header by which AWS services pass on a trace: <c>Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1</c>.
/// https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
/// </summary>
internal static class XRayTraceHeader
{
    public static string Format(ActivityContext context)
    {
        var traceId = context.TraceId.ToHexString();
        var sampled = (context.TraceFlags & ActivityTraceFlags.Recorded) != 0 ? '1' : '0';
        return $"Root=1-{traceId[..8]}-{traceId[8..]};Parent={context.SpanId};Sampled={sampled}";
    }

    /// <summary>The context that the header holds; the default where it names no parent or is malformed.</summary>
    public static ActivityContext Parse(string? header)
    {
        string traceId = "",
            parent = "",
            sampled = "";
        foreach (var part in (header ?? "").Split(';', StringSplitOptions.TrimEntries))
        {
            switch (part.Split('=', 2))
            {
                case ["Root", ['1', '-', .. { Length: 33 } root]] when root[8] == '-':
                    traceId = root.Remove(8, 1);
                    break;
                case ["Parent", { Length: 16 } value]:
                    parent = value;
                    break;
                case ["Sampled", var value]:
                    sampled = value;
                    break;
            }
        }

        var flags = sampled == "1" ? "01" : "00";
        return ActivityContext.TryParse($"00-{traceId}-{parent}-{flags}", traceState: null, isRemote: true, out var context)
            ? context
            : default;
    }
}
