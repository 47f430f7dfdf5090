using Amazon.Runtime.Internal;

namespace Amazon.SecretsManager.Model;

public partial class ReplicationStatusType
{
    [AWSProperty(Min = 0, Max = 2048)]
    public string KmsKeyId { get; set; }

    public DateTime? LastAccessedDate { get; set; }

    [AWSProperty(Min = 1, Max = 128)]
    public string Region { get; set; }

    public StatusType Status { get; set; }

    [AWSProperty(Min = 1, Max = 4096)]
    public string StatusMessage { get; set; }
}
