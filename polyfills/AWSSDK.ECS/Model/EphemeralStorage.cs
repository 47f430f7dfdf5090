using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class EphemeralStorage
{
    [AWSProperty(Required = true)]
    public int? SizeInGiB { get; set; }
}
