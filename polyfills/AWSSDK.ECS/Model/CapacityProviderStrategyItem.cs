using Amazon.Runtime.Internal;

namespace Amazon.ECS.Model;

public partial class CapacityProviderStrategyItem
{
    [AWSProperty(Min = 0, Max = 100000)]
    public int? Base { get; set; }

    [AWSProperty(Required = true)]
    public string CapacityProvider { get; set; }

    [AWSProperty(Min = 0, Max = 1000)]
    public int? Weight { get; set; }
}
