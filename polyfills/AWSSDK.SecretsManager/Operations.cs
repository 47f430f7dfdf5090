using Amazon.SecretsManager.Model;
using Amazon.Runtime.Internal;
using AwsProtocols;

namespace Amazon.SecretsManager;

/// <summary>How each operation is asked and answered, and which exceptions it declares.</summary>
internal static class Operations
{
    private static readonly JsonService Service = new("Amazon.SecretsManager", "secretsmanager", "2017-10-17", camelCase: false, typeof(AmazonSecretsManagerException));

    public static readonly InvokeOptions CreateSecret = Service.Operation<CreateSecretResponse>(
        "CreateSecret",
        typeof(DecryptionFailureException),
        typeof(EncryptionFailureException),
        typeof(InternalServiceErrorException),
        typeof(InvalidParameterException),
        typeof(InvalidRequestException),
        typeof(LimitExceededException),
        typeof(MalformedPolicyDocumentException),
        typeof(PreconditionNotMetException),
        typeof(ResourceExistsException),
        typeof(ResourceNotFoundException));

    public static readonly InvokeOptions DeleteSecret = Service.Operation<DeleteSecretResponse>(
        "DeleteSecret",
        typeof(InternalServiceErrorException),
        typeof(InvalidParameterException),
        typeof(InvalidRequestException),
        typeof(ResourceNotFoundException));

    public static readonly InvokeOptions DescribeSecret = Service.Operation<DescribeSecretResponse>(
        "DescribeSecret",
        typeof(InternalServiceErrorException),
        typeof(InvalidParameterException),
        typeof(ResourceNotFoundException));

    public static readonly InvokeOptions GetSecretValue = Service.Operation<GetSecretValueResponse>(
        "GetSecretValue",
        typeof(DecryptionFailureException),
        typeof(InternalServiceErrorException),
        typeof(InvalidParameterException),
        typeof(InvalidRequestException),
        typeof(ResourceNotFoundException));

    public static readonly InvokeOptions ListSecrets = Service.Operation<ListSecretsResponse>(
        "ListSecrets",
        typeof(InternalServiceErrorException),
        typeof(InvalidNextTokenException),
        typeof(InvalidParameterException),
        typeof(InvalidRequestException));

    public static readonly InvokeOptions PutSecretValue = Service.Operation<PutSecretValueResponse>(
        "PutSecretValue",
        typeof(DecryptionFailureException),
        typeof(EncryptionFailureException),
        typeof(InternalServiceErrorException),
        typeof(InvalidParameterException),
        typeof(InvalidRequestException),
        typeof(LimitExceededException),
        typeof(ResourceExistsException),
        typeof(ResourceNotFoundException));

    public static readonly InvokeOptions RestoreSecret = Service.Operation<RestoreSecretResponse>(
        "RestoreSecret",
        typeof(InternalServiceErrorException),
        typeof(InvalidParameterException),
        typeof(InvalidRequestException),
        typeof(ResourceNotFoundException));

    public static readonly InvokeOptions TagResource = Service.Operation<TagResourceResponse>(
        "TagResource",
        typeof(InternalServiceErrorException),
        typeof(InvalidParameterException),
        typeof(InvalidRequestException),
        typeof(ResourceNotFoundException));

    public static readonly InvokeOptions UpdateSecretVersionStage = Service.Operation<UpdateSecretVersionStageResponse>(
        "UpdateSecretVersionStage",
        typeof(InternalServiceErrorException),
        typeof(InvalidParameterException),
        typeof(InvalidRequestException),
        typeof(LimitExceededException),
        typeof(ResourceNotFoundException));
}
