using Amazon.Runtime.Internal;

namespace Amazon.ECR.Model;

public partial class Image
{
    public ImageIdentifier ImageId { get; set; }

    [AWSProperty(Min = 1, Max = 4194304)]
    public string ImageManifest { get; set; }

    public string ImageManifestMediaType { get; set; }

    public string RegistryId { get; set; }

    [AWSProperty(Min = 2, Max = 256)]
    public string RepositoryName { get; set; }
}
