using Amazon.Runtime.Internal;

namespace Amazon.SecretsManager.Model;

public partial class RotationRulesType
{
    [AWSProperty(Min = 1, Max = 1000)]
    public long? AutomaticallyAfterDays { get; set; }

    [AWSProperty(Min = 2, Max = 3)]
    public string Duration { get; set; }

    [AWSProperty(Min = 1, Max = 256)]
    public string ScheduleExpression { get; set; }
}
