namespace Amazon.ECS.Model;

public partial class Attachment
{
    public List<KeyValuePair> Details { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string Id { get; set; }

    public string Status { get; set; }

    public string Type { get; set; }
}
