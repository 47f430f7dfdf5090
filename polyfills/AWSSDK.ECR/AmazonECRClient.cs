using Amazon.ECR.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using AwsProtocols;

namespace Amazon.ECR;

/// <summary>Amazon Elastic Container Registry: repositories and images. Safe for several threads, and meant to be kept.</summary>
public class AmazonECRClient : AmazonServiceClient, IAmazonECR
{
    private static readonly ServicePipeline Pipeline = new(AmazonECRConfig.ServiceId);
    private static readonly JsonProtocol Protocol = new(
        "AmazonEC2ContainerRegistry_V20150921",
        "2015-09-21",
        camelCase: true,
        typeof(AmazonECRException)
    );

    public AmazonECRClient(AmazonECRConfig config)
        : base(config) { }

    public AmazonECRClient(AWSCredentials credentials, AmazonECRConfig clientConfig)
        : base(credentials, clientConfig) { }

    public AmazonECRClient(string awsAccessKeyId, string awsSecretAccessKey, AmazonECRConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, clientConfig) { }

    protected override IServiceMetadata ServiceMetadata => Pipeline;

    public virtual Task<BatchDeleteImageResponse> BatchDeleteImageAsync(
        BatchDeleteImageRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<BatchDeleteImageResponse>(request, cancellationToken, typeof(RepositoryNotFoundException));

    public virtual Task<BatchGetImageResponse> BatchGetImageAsync(
        BatchGetImageRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<BatchGetImageResponse>(request, cancellationToken, typeof(RepositoryNotFoundException));

    public virtual Task<DescribeImagesResponse> DescribeImagesAsync(
        DescribeImagesRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<DescribeImagesResponse>(request, cancellationToken, typeof(ImageNotFoundException), typeof(RepositoryNotFoundException));

    public virtual Task<DescribeRepositoriesResponse> DescribeRepositoriesAsync(
        DescribeRepositoriesRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<DescribeRepositoriesResponse>(request, cancellationToken, typeof(RepositoryNotFoundException));

    public virtual Task<GetAuthorizationTokenResponse> GetAuthorizationTokenAsync(
        GetAuthorizationTokenRequest request,
        CancellationToken cancellationToken = default
    ) => AskAsync<GetAuthorizationTokenResponse>(request, cancellationToken);

    public virtual Task<ListImagesResponse> ListImagesAsync(ListImagesRequest request, CancellationToken cancellationToken = default) =>
        AskAsync<ListImagesResponse>(request, cancellationToken, typeof(RepositoryNotFoundException));

    public virtual Task<PutImageResponse> PutImageAsync(PutImageRequest request, CancellationToken cancellationToken = default) =>
        AskAsync<PutImageResponse>(request, cancellationToken, typeof(ImageTagAlreadyExistsException), typeof(RepositoryNotFoundException));

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => ServicePipeline.Customize(pipeline);

    private Task<TResponse> AskAsync<TResponse>(AmazonWebServiceRequest request, CancellationToken cancellationToken, params Type[] errors)
        where TResponse : AmazonWebServiceResponse, new() =>
        InvokeAsync<TResponse>(request, Protocol.Operation<TResponse>(errors), cancellationToken);
}
