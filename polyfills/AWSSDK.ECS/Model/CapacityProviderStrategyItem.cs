namespace Amazon.ECS.Model;

public class CapacityProviderStrategyItem
{
    public int? Base { get; set; }
    public string CapacityProvider { get; set; }
    public int? Weight { get; set; }
}
