using Amazon.ECR.Model;
using Amazon.Runtime.Internal;
using AwsProtocols;

namespace Amazon.ECR;

/// <summary>How each operation is asked and answered, and which exceptions it declares.</summary>
internal static class Operations
{
    private static readonly JsonService Service = new("Amazon.ECR", "AmazonEC2ContainerRegistry_V20150921", "2015-09-21", camelCase: true, typeof(AmazonECRException));

    public static readonly InvokeOptions BatchCheckLayerAvailability = Service.Operation<BatchCheckLayerAvailabilityResponse>(
        "BatchCheckLayerAvailability",
        typeof(InvalidParameterException),
        typeof(RepositoryNotFoundException),
        typeof(ServerException));

    public static readonly InvokeOptions BatchDeleteImage = Service.Operation<BatchDeleteImageResponse>(
        "BatchDeleteImage",
        typeof(InvalidParameterException),
        typeof(RepositoryNotFoundException),
        typeof(ServerException));

    public static readonly InvokeOptions BatchGetImage = Service.Operation<BatchGetImageResponse>(
        "BatchGetImage",
        typeof(InvalidParameterException),
        typeof(LimitExceededException),
        typeof(RepositoryNotFoundException),
        typeof(ServerException),
        typeof(UnableToGetUpstreamImageException));

    public static readonly InvokeOptions DescribeImages = Service.Operation<DescribeImagesResponse>(
        "DescribeImages",
        typeof(ImageNotFoundException),
        typeof(InvalidParameterException),
        typeof(RepositoryNotFoundException),
        typeof(ServerException));

    public static readonly InvokeOptions DescribeRepositories = Service.Operation<DescribeRepositoriesResponse>(
        "DescribeRepositories",
        typeof(InvalidParameterException),
        typeof(RepositoryNotFoundException),
        typeof(ServerException));

    public static readonly InvokeOptions GetAuthorizationToken = Service.Operation<GetAuthorizationTokenResponse>(
        "GetAuthorizationToken",
        typeof(InvalidParameterException),
        typeof(ServerException));

    public static readonly InvokeOptions ListImages = Service.Operation<ListImagesResponse>(
        "ListImages",
        typeof(InvalidParameterException),
        typeof(RepositoryNotFoundException),
        typeof(ServerException));

    public static readonly InvokeOptions PutImage = Service.Operation<PutImageResponse>(
        "PutImage",
        typeof(ImageAlreadyExistsException),
        typeof(ImageDigestDoesNotMatchException),
        typeof(ImageTagAlreadyExistsException),
        typeof(InvalidParameterException),
        typeof(KmsException),
        typeof(LayersNotFoundException),
        typeof(LimitExceededException),
        typeof(ReferencedImagesNotFoundException),
        typeof(RepositoryNotFoundException),
        typeof(ServerException));
}
