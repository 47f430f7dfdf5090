using Amazon.Runtime;

namespace Amazon.CloudWatchLogs.Model;

public class FilterLogEventsRequest : AmazonCloudWatchLogsRequest
{
    public int? Limit { get; set; }
    public string LogGroupName { get; set; }
    public string NextToken { get; set; }
    public long? StartTime { get; set; }
}

public class FilterLogEventsResponse : AmazonWebServiceResponse
{
    public List<FilteredLogEvent> Events { get; set; }
    public string NextToken { get; set; }
}

public class FilteredLogEvent
{
    public string EventId { get; set; }
    public string LogStreamName { get; set; }
    public string Message { get; set; }
    public long? Timestamp { get; set; }
}
