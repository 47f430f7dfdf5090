using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SecretsManager.Model;
using AwsProtocols;

namespace Amazon.SecretsManager;

/// <summary>AWS Secrets Manager: secrets and the versions of their values. Safe for several threads, and meant to be kept.</summary>
public class AmazonSecretsManagerClient : AmazonServiceClient, IAmazonSecretsManager
{
    private static readonly ServicePipeline Pipeline = new(AmazonSecretsManagerConfig.ServiceId);
    private static readonly JsonProtocol Protocol = new(
        "secretsmanager",
        "2017-10-17",
        camelCase: false,
        typeof(AmazonSecretsManagerException)
    );

    public AmazonSecretsManagerClient(AmazonSecretsManagerConfig config)
        : base(config) { }

    public AmazonSecretsManagerClient(AWSCredentials credentials, AmazonSecretsManagerConfig clientConfig)
        : base(credentials, clientConfig) { }

    public AmazonSecretsManagerClient(string awsAccessKeyId, string awsSecretAccessKey, AmazonSecretsManagerConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, clientConfig) { }

    protected override IServiceMetadata ServiceMetadata => Pipeline;

    public virtual Task<DeleteSecretResponse> DeleteSecretAsync(
        DeleteSecretRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<DeleteSecretResponse>(request, cancellationToken, typeof(InvalidRequestException), typeof(ResourceNotFoundException));

    public virtual Task<DescribeSecretResponse> DescribeSecretAsync(
        DescribeSecretRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<DescribeSecretResponse>(request, cancellationToken, typeof(ResourceNotFoundException));

    public virtual Task<GetSecretValueResponse> GetSecretValueAsync(
        GetSecretValueRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<GetSecretValueResponse>(request, cancellationToken, typeof(InvalidRequestException), typeof(ResourceNotFoundException));

    public virtual Task<ListSecretsResponse> ListSecretsAsync(ListSecretsRequest request, CancellationToken cancellationToken = default) =>
        AskAsync<ListSecretsResponse>(request, cancellationToken, typeof(InvalidRequestException));

    public virtual Task<PutSecretValueResponse> PutSecretValueAsync(
        PutSecretValueRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<PutSecretValueResponse>(request, cancellationToken, typeof(InvalidRequestException), typeof(ResourceNotFoundException));

    public virtual Task<RestoreSecretResponse> RestoreSecretAsync(
        RestoreSecretRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<RestoreSecretResponse>(request, cancellationToken, typeof(InvalidRequestException), typeof(ResourceNotFoundException));

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => ServicePipeline.Customize(pipeline);

    private Task<TResponse> AskAsync<TResponse>(AmazonWebServiceRequest request, CancellationToken cancellationToken, params Type[] errors)
        where TResponse : AmazonWebServiceResponse, new() =>
        InvokeAsync<TResponse>(request, Protocol.Operation<TResponse>(errors), cancellationToken);
}
