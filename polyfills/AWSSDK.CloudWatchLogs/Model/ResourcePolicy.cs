using Amazon.Runtime.Internal;

namespace Amazon.CloudWatchLogs.Model;

public partial class ResourcePolicy
{
    [AWSProperty(Min = 0)]
    public long? LastUpdatedTime { get; set; }

    [AWSProperty(Min = 1, Max = 51200)]
    public string PolicyDocument { get; set; }

    public string PolicyName { get; set; }

    public PolicyScope PolicyScope { get; set; }

    public string ResourceArn { get; set; }

    [AWSProperty(Min = 1)]
    public string RevisionId { get; set; }
}
