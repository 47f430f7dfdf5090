namespace Amazon.CloudWatchLogs.Model;

public class ResourcePolicy
{
    public string PolicyDocument { get; set; }
    public string PolicyName { get; set; }
}
