namespace Amazon.ECS.Model;

public partial class PlacementStrategy
{
    public string Field { get; set; }

    public PlacementStrategyType Type { get; set; }
}
