namespace Aspire.Dashboard;

/// <summary>Where the dashboard listens, who may use it and how much it keeps.</summary>
public sealed record DashboardOptions
{
    /// <summary>The address of the pages. A port of 0 takes a free one. Only loopback addresses are accepted.</summary>
    public Uri FrontendUrl { get; init; } = new("http://localhost:0");

    /// <summary>Where OTLP over gRPC is taken. A port of 0 takes a free one.</summary>
    public Uri OtlpGrpcUrl { get; init; } = new("http://localhost:0");

    /// <summary>Where OTLP over HTTP (protobuf and JSON) is taken. A port of 0 takes a free one.</summary>
    public Uri OtlpHttpUrl { get; init; } = new("http://localhost:0");

    /// <summary>What the login link carries; without it no page answers. <see langword="null"/> lets everybody in.</summary>
    public string? BrowserToken { get; init; }

    /// <summary>What a sender must put into <c>x-otlp-api-key</c>. <see langword="null"/> takes telemetry from anybody.</summary>
    public string? OtlpApiKey { get; init; }

    /// <summary>How many log records are kept, the oldest leaving first.</summary>
    public int MaxLogCount { get; init; } = 10_000;

    /// <summary>How many traces are kept, the oldest leaving first.</summary>
    public int MaxTraceCount { get; init; } = 10_000;

    /// <summary>How many spans one trace may hold.</summary>
    public int MaxSpansPerTrace { get; init; } = 10_000;

    /// <summary>How many spans are kept in all; the oldest trace leaves whole.</summary>
    public int MaxSpanCount { get; init; } = 250_000;

    /// <summary>How many bytes all log records together take, about; the oldest leave first.</summary>
    public long MaxLogBytes { get; init; } = 128 * 1024 * 1024;

    /// <summary>How many bytes all spans together take, about; the oldest trace leaves whole.</summary>
    public long MaxSpanBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>How many bytes all points of all instruments together take, about; the oldest leave first.</summary>
    public long MaxMetricBytes { get; init; } = 128 * 1024 * 1024;

    /// <summary>How many points an instrument's dimension keeps.</summary>
    public int MaxMetricsCount { get; init; } = 50_000;

    /// <summary>How many attributes one span, log record or resource keeps.</summary>
    public int MaxAttributeCount { get; init; } = 128;

    /// <summary>How many characters of an attribute's value are kept.</summary>
    public int MaxAttributeLength { get; init; } = 64 * 1024;
}
