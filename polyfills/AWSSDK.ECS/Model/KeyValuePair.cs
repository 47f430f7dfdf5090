namespace Amazon.ECS.Model;

public partial class KeyValuePair
{
    public string Name { get; set; }

    public string Value { get; set; }
}
