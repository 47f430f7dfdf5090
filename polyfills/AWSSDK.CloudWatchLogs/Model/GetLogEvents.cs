using Amazon.Runtime;

namespace Amazon.CloudWatchLogs.Model;

public class GetLogEventsRequest : AmazonCloudWatchLogsRequest
{
    public int? Limit { get; set; }
    public string LogGroupName { get; set; }
    public string LogStreamName { get; set; }
    public string NextToken { get; set; }
    public bool? StartFromHead { get; set; }
}

public class GetLogEventsResponse : AmazonWebServiceResponse
{
    public List<OutputLogEvent> Events { get; set; }
    public string NextForwardToken { get; set; }
}

public class OutputLogEvent
{
    public string Message { get; set; }
}
