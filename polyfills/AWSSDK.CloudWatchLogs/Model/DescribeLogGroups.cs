using Amazon.Runtime;
using Amazon.Runtime.Internal;
using AwsProtocols;

namespace Amazon.CloudWatchLogs.Model;

public partial class DescribeLogGroupsRequest : AmazonCloudWatchLogsRequest
{
    [AWSProperty(Min = 0, Max = 20)]
    public List<string> AccountIdentifiers { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public bool? IncludeLinkedAccounts { get; set; }

    [AWSProperty(Min = 1, Max = 50)]
    public int? Limit { get; set; }

    public LogGroupClass LogGroupClass { get; set; }

    [AWSProperty(Min = 1, Max = 50)]
    public List<string> LogGroupIdentifiers { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 0, Max = 512)]
    public string LogGroupNamePattern { get; set; }

    [AWSProperty(Min = 1, Max = 512)]
    public string LogGroupNamePrefix { get; set; }

    [AWSProperty(Min = 1)]
    public string NextToken { get; set; }
}

public partial class DescribeLogGroupsResponse : AmazonWebServiceResponse
{
    public List<LogGroup> LogGroups { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 1)]
    public string NextToken { get; set; }
}

public partial class LogGroup
{
    public string Arn { get; set; }

    public bool? BearerTokenAuthenticationEnabled { get; set; }

    [AWSProperty(Min = 0)]
    [EpochMilliseconds]
    public DateTime? CreationTime { get; set; }

    public DataProtectionStatus DataProtectionStatus { get; set; }

    public bool? DeletionProtectionEnabled { get; set; }

    public List<string> InheritedProperties { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Max = 256)]
    public string KmsKeyId { get; set; }

    public string LogGroupArn { get; set; }

    public LogGroupClass LogGroupClass { get; set; }

    [AWSProperty(Min = 1, Max = 512)]
    public string LogGroupName { get; set; }

    public int? MetricFilterCount { get; set; }

    public int? RetentionInDays { get; set; }

    [AWSProperty(Min = 0)]
    public long? StoredBytes { get; set; }
}
