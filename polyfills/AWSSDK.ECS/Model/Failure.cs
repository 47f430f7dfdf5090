namespace Amazon.ECS.Model;

public partial class Failure
{
    public string Arn { get; set; }

    public string Detail { get; set; }

    public string Reason { get; set; }
}
