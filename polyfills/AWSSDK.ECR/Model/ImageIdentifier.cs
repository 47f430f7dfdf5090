using Amazon.Runtime.Internal;

namespace Amazon.ECR.Model;

public partial class ImageIdentifier
{
    public string ImageDigest { get; set; }

    [AWSProperty(Min = 1, Max = 300)]
    public string ImageTag { get; set; }
}
