using Amazon.CloudWatch.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Amazon.CloudWatch;

/// <summary>Amazon CloudWatch: alarms.</summary>
public partial interface IAmazonCloudWatch : IAmazonService, IDisposable
{
    /// <summary>The alarms of the region and the state of each.</summary>
    Task<DescribeAlarmsResponse> DescribeAlarmsAsync(CancellationToken cancellationToken = default);

    /// <summary>Alarms and the state of each: those named, or all that a request does not leave out.</summary>
    Task<DescribeAlarmsResponse> DescribeAlarmsAsync(DescribeAlarmsRequest request, CancellationToken cancellationToken = default);

    /// <summary>The endpoint that a request goes to.</summary>
    Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonCloudWatchConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig)
    {
        if (clientConfig is not AmazonCloudWatchConfig config)
        {
            throw new AmazonClientException("ClientConfig is not of type AmazonCloudWatchConfig to create AmazonCloudWatchClient");
        }

        return awsCredentials is null ? new AmazonCloudWatchClient(config) : new AmazonCloudWatchClient(awsCredentials, config);
    }
}
