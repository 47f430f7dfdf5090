using Amazon.Runtime.Internal;

namespace Amazon.SecretsManager.Model;

public partial class ExternalSecretRotationMetadataItem
{
    [AWSProperty(Min = 1, Max = 256)]
    public string Key { get; set; }

    [AWSProperty(Min = 1, Max = 2048)]
    public string Value { get; set; }
}
