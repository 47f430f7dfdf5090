namespace Amazon.ECS.Model;

public partial class PlacementConstraint
{
    public string Expression { get; set; }

    public PlacementConstraintType Type { get; set; }
}
