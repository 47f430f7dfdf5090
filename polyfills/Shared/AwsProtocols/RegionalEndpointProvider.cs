#nullable enable

using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;

namespace AwsProtocols;

/// <summary>The endpoint rules that services share, over the partitions that AWSSDK.Core knows.</summary>
/// <param name="prefix">The first label of the service's host name.</param>
/// <param name="exception">What is different for this service: a host, or null where the common rule holds.</param>
internal sealed class RegionalEndpointProvider(string prefix, Func<RegionalEndpoint, string?>? exception = null) : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        var useFips = parameters["UseFIPS"] is true;
        var useDualStack = parameters["UseDualStack"] is true;
        if (parameters["Endpoint"] is string custom)
        {
            return (useFips, useDualStack) switch
            {
                (true, _) => throw new AmazonClientException("Invalid Configuration: FIPS and custom endpoint are not supported"),
                (_, true) => throw new AmazonClientException("Invalid Configuration: Dualstack and custom endpoint are not supported"),
                _ => new Endpoint(custom),
            };
        }

        if (parameters["Region"] is not string region || Fn.Partition(region) is not { } partition)
        {
            throw new AmazonClientException("Invalid Configuration: Missing Region");
        }

        var wanted = new RegionalEndpoint(region, partition.name, useFips, useDualStack, partition.dnsSuffix, partition.dualStackDnsSuffix);
        return new Endpoint("https://" + (exception?.Invoke(wanted) ?? CommonHost(wanted, partition)));
    }

    private string CommonHost(RegionalEndpoint wanted, Partition partition) =>
        (wanted.UseFips, wanted.UseDualStack) switch
        {
            (true, true) when !partition.supportsFIPS || !partition.supportsDualStack => throw new AmazonClientException(
                "FIPS and DualStack are enabled, but this partition does not support one or both"
            ),
            (true, false) when !partition.supportsFIPS => throw new AmazonClientException(
                "FIPS is enabled but this partition does not support FIPS"
            ),
            (false, true) when !partition.supportsDualStack => throw new AmazonClientException(
                "DualStack is enabled but this partition does not support DualStack"
            ),
            _ =>
                $"{prefix}{(wanted.UseFips ? "-fips" : "")}.{wanted.Region}.{(wanted.UseDualStack ? wanted.DualStackDnsSuffix : wanted.DnsSuffix)}",
        };
}
