using Amazon.Runtime;
using Amazon.Runtime.Internal;
using AwsProtocols;

namespace Amazon.CloudWatchLogs.Model;

public partial class GetLogEventsRequest : AmazonCloudWatchLogsRequest
{
    public GetLogEventsRequest()
    {
    }

    public GetLogEventsRequest(string logGroupName, string logStreamName)
    {
        LogGroupName = logGroupName;
        LogStreamName = logStreamName;
    }

    [AWSProperty(Min = 0)]
    [EpochMilliseconds]
    public DateTime? EndTime { get; set; }

    [AWSProperty(Min = 1, Max = 10000)]
    public int? Limit { get; set; }

    [AWSProperty(Min = 1, Max = 2048)]
    public string LogGroupIdentifier { get; set; }

    [AWSProperty(Min = 1, Max = 512)]
    public string LogGroupName { get; set; }

    [AWSProperty(Required = true, Min = 1, Max = 512)]
    public string LogStreamName { get; set; }

    [AWSProperty(Min = 1)]
    public string NextToken { get; set; }

    public bool? StartFromHead { get; set; }

    [AWSProperty(Min = 0)]
    [EpochMilliseconds]
    public DateTime? StartTime { get; set; }

    public bool? Unmask { get; set; }
}

public partial class GetLogEventsResponse : AmazonWebServiceResponse
{
    public List<OutputLogEvent> Events { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 1)]
    public string NextBackwardToken { get; set; }

    [AWSProperty(Min = 1)]
    public string NextForwardToken { get; set; }
}

public partial class OutputLogEvent
{
    [AWSProperty(Min = 0)]
    [EpochMilliseconds]
    public DateTime? IngestionTime { get; set; }

    [AWSProperty(Min = 1)]
    public string Message { get; set; }

    [AWSProperty(Min = 0)]
    [EpochMilliseconds]
    public DateTime? Timestamp { get; set; }
}
