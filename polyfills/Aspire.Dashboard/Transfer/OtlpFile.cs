namespace Aspire.Dashboard.Transfer;

/// <summary>What a file of OTLP JSON holds, and what its members are called.</summary>
internal sealed record OtlpFile(string Resources, string Scopes, string Items)
{
    /// <summary>How large a file may be to be taken.</summary>
    public const int MaxBytes = Otlp.OtlpHttpEndpoints.MaxRequestBytes;

    public static readonly OtlpFile Logs = new("resourceLogs", "scopeLogs", "logRecords");

    public static readonly OtlpFile Traces = new("resourceSpans", "scopeSpans", "spans");

    public static readonly OtlpFile Metrics = new("resourceMetrics", "scopeMetrics", "metrics");
}
