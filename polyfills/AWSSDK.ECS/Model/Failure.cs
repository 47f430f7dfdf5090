namespace Amazon.ECS.Model;

public class Failure
{
    public string Detail { get; set; }
    public string Reason { get; set; }
}
