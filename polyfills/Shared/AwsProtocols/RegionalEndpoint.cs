#nullable enable

namespace AwsProtocols;

/// <summary>What a service's endpoint in a region is made of.</summary>
/// <param name="Region">The region, such as eu-west-1.</param>
/// <param name="Partition">The partition the region is in, such as aws-cn.</param>
/// <param name="UseFips">Whether an endpoint with FIPS 140 cryptography is wanted.</param>
/// <param name="UseDualStack">Whether an endpoint that IPv6 reaches too is wanted.</param>
/// <param name="DnsSuffix">The partition's domain.</param>
/// <param name="DualStackDnsSuffix">The partition's domain for endpoints that IPv6 reaches too.</param>
internal readonly record struct RegionalEndpoint(
    string Region,
    string Partition,
    bool UseFips,
    bool UseDualStack,
    string DnsSuffix,
    string DualStackDnsSuffix
);
