using Amazon.Runtime.Internal;

namespace Amazon.CloudWatch.Model;

public partial class MetricAlarm
{
    public bool? ActionsEnabled { get; set; }

    [AWSProperty(Max = 5)]
    public List<string> AlarmActions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 1, Max = 1600)]
    public string AlarmArn { get; set; }

    public DateTime? AlarmConfigurationUpdatedTimestamp { get; set; }

    [AWSProperty(Min = 0, Max = 1024)]
    public string AlarmDescription { get; set; }

    [AWSProperty(Min = 1, Max = 255)]
    public string AlarmName { get; set; }

    public ComparisonOperator ComparisonOperator { get; set; }

    [AWSProperty(Min = 1)]
    public int? DatapointsToAlarm { get; set; }

    [AWSProperty(Max = 30)]
    public List<Dimension> Dimensions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 1, Max = 255)]
    public string EvaluateLowSampleCountPercentile { get; set; }

    public EvaluationCriteria EvaluationCriteria { get; set; }

    [AWSProperty(Min = 10, Max = 3600)]
    public int? EvaluationInterval { get; set; }

    [AWSProperty(Min = 1)]
    public int? EvaluationPeriods { get; set; }

    public EvaluationState EvaluationState { get; set; }

    public string ExtendedStatistic { get; set; }

    [AWSProperty(Max = 5)]
    public List<string> InsufficientDataActions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 1, Max = 255)]
    public string MetricName { get; set; }

    public List<MetricDataQuery> Metrics { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 1, Max = 255)]
    public string Namespace { get; set; }

    [AWSProperty(Max = 5)]
    public List<string> OKActions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 1)]
    public int? Period { get; set; }

    [AWSProperty(Min = 0, Max = 1023)]
    public string StateReason { get; set; }

    [AWSProperty(Min = 0, Max = 4000)]
    public string StateReasonData { get; set; }

    public DateTime? StateTransitionedTimestamp { get; set; }

    public DateTime? StateUpdatedTimestamp { get; set; }

    public StateValue StateValue { get; set; }

    public Statistic Statistic { get; set; }

    public double? Threshold { get; set; }

    [AWSProperty(Min = 1, Max = 255)]
    public string ThresholdMetricId { get; set; }

    [AWSProperty(Min = 1, Max = 255)]
    public string TreatMissingData { get; set; }

    public StandardUnit Unit { get; set; }
}

public partial class Dimension
{
    [AWSProperty(Required = true, Min = 1, Max = 255)]
    public string Name { get; set; }

    [AWSProperty(Required = true, Min = 1, Max = 1024)]
    public string Value { get; set; }
}

public partial class EvaluationCriteria
{
    public AlarmPromQLCriteria PromQLCriteria { get; set; }
}

public partial class MetricDataQuery
{
    [AWSProperty(Min = 1, Max = 255)]
    public string AccountId { get; set; }

    [AWSProperty(Min = 1, Max = 2048)]
    public string Expression { get; set; }

    [AWSProperty(Required = true, Min = 1, Max = 255)]
    public string Id { get; set; }

    public string Label { get; set; }

    public MetricStat MetricStat { get; set; }

    [AWSProperty(Min = 1)]
    public int? Period { get; set; }

    public bool? ReturnData { get; set; }
}

public partial class AlarmPromQLCriteria
{
    [AWSProperty(Min = 0, Max = 86400)]
    public int? PendingPeriod { get; set; }

    [AWSProperty(Required = true, Min = 1, Max = 10000)]
    public string Query { get; set; }

    [AWSProperty(Min = 0, Max = 86400)]
    public int? RecoveryPeriod { get; set; }
}

public partial class MetricStat
{
    [AWSProperty(Required = true)]
    public Metric Metric { get; set; }

    [AWSProperty(Required = true, Min = 1)]
    public int? Period { get; set; }

    [AWSProperty(Required = true)]
    public string Stat { get; set; }

    public StandardUnit Unit { get; set; }
}

public partial class Metric
{
    [AWSProperty(Max = 30)]
    public List<Dimension> Dimensions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 1, Max = 255)]
    public string MetricName { get; set; }

    [AWSProperty(Min = 1, Max = 255)]
    public string Namespace { get; set; }
}
