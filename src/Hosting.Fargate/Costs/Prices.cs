namespace Hosting.Fargate.Costs;

/// <summary>
/// What AWS asks for, in USD, in one place. These are second-hand quotes of the prices in us-east-1, not AWS's own answer; the pages named
/// here have the current ones. Where a price is changed, <see cref="Date"/> is too.
/// </summary>
internal static class Prices
{
    public const string Date = "2026";

    public const string Region = "us-east-1";

    public const string Source = $"second-hand quotes of AWS prices in {Region}, {Date}";

    /// <summary>Hours of a month, as AWS's own calculator counts them: 365 × 24 / 12.</summary>
    public const int HoursOfMonth = 730;

    // https://aws.amazon.com/fargate/pricing/

    /// <summary>An hour of a virtual CPU, on x86-64.</summary>
    public const decimal X64VCpuHour = 0.04048m;

    /// <summary>An hour of a GB of memory, on x86-64.</summary>
    public const decimal X64GigabyteHour = 0.004445m;

    /// <summary>An hour of a virtual CPU, on 64-bit Arm.</summary>
    public const decimal Arm64VCpuHour = 0.03238m;

    /// <summary>An hour of a GB of memory, on 64-bit Arm.</summary>
    public const decimal Arm64GigabyteHour = 0.00356m;

    /// <summary>An hour of a GB of a task's disk, above those that are free. Spot makes it no cheaper.</summary>
    public const decimal EphemeralGigabyteHour = 0.000111m;

    /// <summary>The GB of a task's disk that are free.</summary>
    public const int FreeEphemeralGigabytes = 20;

    /// <summary>What Spot takes off CPU and memory. AWS says "up to"; what it is changes with demand.</summary>
    public const decimal SpotDiscount = 0.70m;

    // https://aws.amazon.com/elasticloadbalancing/pricing/

    /// <summary>An hour of an Application Load Balancer.</summary>
    public const decimal LoadBalancerHour = 0.0225m;

    /// <summary>
    /// An hour of a load balancer capacity unit: 25 new connections a second, 3,000 open ones, 1 GB an hour or 1,000 rules a second.
    /// </summary>
    public const decimal LoadBalancerUnitHour = 0.008m;

    // https://aws.amazon.com/vpc/pricing/ and https://aws.amazon.com/privatelink/pricing/

    /// <summary>An hour of a public IPv4 address, in use or not.</summary>
    public const decimal PublicAddressHour = 0.005m;

    /// <summary>An hour of a NAT gateway, without its address.</summary>
    public const decimal NatGatewayHour = 0.045m;

    /// <summary>A GB through a NAT gateway, in either direction.</summary>
    public const decimal NatGatewayGigabyte = 0.045m;

    /// <summary>An hour of an interface endpoint in one zone.</summary>
    public const decimal InterfaceEndpointHour = 0.01m;

    /// <summary>A GB through an interface endpoint.</summary>
    public const decimal InterfaceEndpointGigabyte = 0.01m;

    /// <summary>A GB to the internet: https://aws.amazon.com/ec2/pricing/on-demand/.</summary>
    public const decimal InternetGigabyte = 0.09m;

    /// <summary>A month of a secret: https://aws.amazon.com/secrets-manager/pricing/.</summary>
    public const decimal SecretMonth = 0.40m;

    /// <summary>A month of a private zone: https://aws.amazon.com/route53/pricing/.</summary>
    public const decimal HostedZoneMonth = 0.50m;

    // https://aws.amazon.com/cloudwatch/pricing/

    /// <summary>A GB of log taken in.</summary>
    public const decimal LogGigabyte = 0.50m;

    /// <summary>A month of a GB of log kept.</summary>
    public const decimal LogGigabyteMonth = 0.03m;

    /// <summary>A GB of spans (Transaction Search).</summary>
    public const decimal SpanGigabyte = 0.35m;

    /// <summary>A million spans indexed, beyond the hundredth part that is free.</summary>
    public const decimal MillionIndexedSpans = 0.75m;

    /// <summary>A month of a metric that an alarm looks at; the account's first ten are free.</summary>
    public const decimal AlarmMetricMonth = 0.10m;

    /// <summary>
    /// A month of a custom metric, which those of Container Insights are (the enhanced kind is billed by the observation): the first tier.
    /// </summary>
    public const decimal CustomMetricMonth = 0.30m;

    /// <summary>A month of a dashboard; the account's first three are free.</summary>
    public const decimal DashboardMonth = 3.00m;

    /// <summary>
    /// A million requests of a standard queue, after the account's first million of the month: https://aws.amazon.com/sqs/pricing/.
    /// </summary>
    public const decimal MillionQueueRequests = 0.40m;

    /// <summary>A month of a GB in a bucket (S3 Standard): https://aws.amazon.com/s3/pricing/.</summary>
    public const decimal BucketGigabyteMonth = 0.023m;

    /// <summary>A month of a GB in a file system (EFS Standard): https://aws.amazon.com/efs/pricing/.</summary>
    public const decimal FileSystemGigabyteMonth = 0.30m;

    // https://aws.amazon.com/elasticache/pricing/, Serverless for Valkey.

    /// <summary>An hour of a GB in a cache.</summary>
    public const decimal CacheGigabyteHour = 0.084m;

    /// <summary>What is billed of a cache that has less in it, in GB.</summary>
    public const decimal LeastCacheGigabytes = 0.1m;

    /// <summary>A million processing units of a cache: a simple request of up to 1 KB is one.</summary>
    public const decimal MillionCacheUnits = 0.0023m;

    // https://aws.amazon.com/cloudfront/pricing/, pay as you go, North America and Europe.

    /// <summary>A GB that CloudFront sends to browsers.</summary>
    public const decimal EdgeGigabyte = 0.085m;

    /// <summary>Ten thousand requests by HTTPS to CloudFront, in the United States.</summary>
    public const decimal TenThousandEdgeRequests = 0.01m;

    /// <summary>A million runs of a CloudFront function.</summary>
    public const decimal MillionEdgeFunctions = 0.10m;

    /// <summary>A month of a GB of images: https://aws.amazon.com/ecr/pricing/.</summary>
    public const decimal ImageGigabyteMonth = 0.10m;

    public static decimal VCpuHour(Architecture architecture) => architecture == Architecture.Arm64 ? Arm64VCpuHour : X64VCpuHour;

    public static decimal GigabyteHour(Architecture architecture) =>
        architecture == Architecture.Arm64 ? Arm64GigabyteHour : X64GigabyteHour;

    // https://aws.amazon.com/dynamodb/pricing/on-demand/

    /// <summary>A million writes of items of up to 1 KB to a table.</summary>
    public const decimal MillionTableWrites = 0.625m;

    /// <summary>A million strongly consistent reads of items of up to 4 KB; two million of those that need not be.</summary>
    public const decimal MillionTableReads = 0.125m;

    /// <summary>A GB in tables for a month.</summary>
    public const decimal TableGigabyteMonth = 0.25m;

    /// <summary>A GB of tables that can be restored to any second of 35 days, for a month.</summary>
    public const decimal TableRecoveryGigabyteMonth = 0.20m;

    // https://aws.amazon.com/waf/pricing/

    /// <summary>A web ACL for a month.</summary>
    public const decimal WebAclMonth = 5m;

    /// <summary>A rule of a web ACL, or a group of them that AWS keeps, for a month.</summary>
    public const decimal WebAclRuleMonth = 1m;
}
