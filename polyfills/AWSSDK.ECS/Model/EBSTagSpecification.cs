using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class EBSTagSpecification
{
    public PropagateTags PropagateTags { get; set; }

    [AWSProperty(Required = true)]
    public EBSResourceType ResourceType { get; set; }

    [AWSProperty(Min = 0, Max = 50)]
    public List<Tag> Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
