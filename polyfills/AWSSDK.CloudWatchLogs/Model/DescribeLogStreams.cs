using Amazon.Runtime;
using Amazon.Runtime.Internal;
using AwsProtocols;

namespace Amazon.CloudWatchLogs.Model;

public partial class DescribeLogStreamsRequest : AmazonCloudWatchLogsRequest
{
    public DescribeLogStreamsRequest()
    {
    }

    public DescribeLogStreamsRequest(string logGroupName)
    {
        LogGroupName = logGroupName;
    }

    public bool? Descending { get; set; }

    [AWSProperty(Min = 1, Max = 50)]
    public int? Limit { get; set; }

    [AWSProperty(Min = 1, Max = 2048)]
    public string LogGroupIdentifier { get; set; }

    [AWSProperty(Min = 1, Max = 512)]
    public string LogGroupName { get; set; }

    [AWSProperty(Min = 1, Max = 512)]
    public string LogStreamNamePrefix { get; set; }

    [AWSProperty(Min = 1)]
    public string NextToken { get; set; }

    public OrderBy OrderBy { get; set; }
}

public partial class DescribeLogStreamsResponse : AmazonWebServiceResponse
{
    public List<LogStream> LogStreams { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 1)]
    public string NextToken { get; set; }
}

public partial class LogStream
{
    public string Arn { get; set; }

    [AWSProperty(Min = 0)]
    [EpochMilliseconds]
    public DateTime? CreationTime { get; set; }

    [AWSProperty(Min = 0)]
    [EpochMilliseconds]
    public DateTime? FirstEventTimestamp { get; set; }

    [AWSProperty(Min = 0)]
    [EpochMilliseconds]
    public DateTime? LastEventTimestamp { get; set; }

    [AWSProperty(Min = 0)]
    [EpochMilliseconds]
    public DateTime? LastIngestionTime { get; set; }

    [AWSProperty(Min = 1, Max = 512)]
    public string LogStreamName { get; set; }

    [Obsolete("Starting on June 17, 2019, this parameter will be deprecated for log streams, and will be reported as zero. This change applies only to log streams. The storedBytes parameter for log groups is not affected.")]
    [AWSProperty(Min = 0)]
    public long? StoredBytes { get; set; }

    [AWSProperty(Min = 1)]
    public string UploadSequenceToken { get; set; }
}
