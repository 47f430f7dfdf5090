using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.CloudWatchLogs.Model;

public partial class FilterLogEventsRequest : AmazonCloudWatchLogsRequest
{
    [AWSProperty(Min = 0)]
    public long? EndTime { get; set; }

    [AWSProperty(Min = 0, Max = 1024)]
    public string FilterPattern { get; set; }

    [Obsolete("Starting on June 17, 2019, this parameter will be ignored and the value will be assumed to be true. The response from this operation will always interleave events from multiple log streams within a log group.")]
    public bool? Interleaved { get; set; }

    [AWSProperty(Min = 1, Max = 10000)]
    public int? Limit { get; set; }

    [AWSProperty(Min = 1, Max = 2048)]
    public string LogGroupIdentifier { get; set; }

    [AWSProperty(Min = 1, Max = 512)]
    public string LogGroupName { get; set; }

    [AWSProperty(Min = 1, Max = 512)]
    public string LogStreamNamePrefix { get; set; }

    [AWSProperty(Min = 1, Max = 100)]
    public List<string> LogStreamNames { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 1)]
    public string NextToken { get; set; }

    [AWSProperty(Min = 0)]
    public long? StartTime { get; set; }

    public bool? Unmask { get; set; }
}

public partial class FilterLogEventsResponse : AmazonWebServiceResponse
{
    public List<FilteredLogEvent> Events { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 1)]
    public string NextToken { get; set; }

    public List<SearchedLogStream> SearchedLogStreams { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class FilteredLogEvent
{
    public string EventId { get; set; }

    [AWSProperty(Min = 0)]
    public long? IngestionTime { get; set; }

    [AWSProperty(Min = 1, Max = 512)]
    public string LogStreamName { get; set; }

    [AWSProperty(Min = 1)]
    public string Message { get; set; }

    [AWSProperty(Min = 0)]
    public long? Timestamp { get; set; }
}

public partial class SearchedLogStream
{
    [AWSProperty(Min = 1, Max = 512)]
    public string LogStreamName { get; set; }

    public bool? SearchedCompletely { get; set; }
}
