using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.SecretsManager.Model;

public partial class DeleteSecretRequest : AmazonSecretsManagerRequest
{
    public bool? ForceDeleteWithoutRecovery { get; set; }

    public long? RecoveryWindowInDays { get; set; }

    [AWSProperty(Required = true, Min = 1, Max = 2048)]
    public string SecretId { get; set; }
}

public partial class DeleteSecretResponse : AmazonWebServiceResponse
{
    [AWSProperty(Min = 20, Max = 2048)]
    public string ARN { get; set; }

    public DateTime? DeletionDate { get; set; }

    [AWSProperty(Min = 1, Max = 256)]
    public string Name { get; set; }
}
