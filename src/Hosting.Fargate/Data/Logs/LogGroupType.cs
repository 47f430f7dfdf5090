using Amazon.CloudWatchLogs.Model;
using Hosting.Fargate.Aws;

namespace Hosting.Fargate.Data;

/// <summary>Logs that outlive the application: a model may do without them for a while.</summary>
internal sealed class LogGroupType : KeptType
{
    public override string Type => "AWS::Logs::LogGroup";

    public override string NameProperty => "LogGroupName";

    /// <summary>The least that is asked of a log group: who deploys reads logs anyway.</summary>
    public override string? LookupAction => "logs:FilterLogEvents";

    public override bool HoldsData => false;

    public override string? Tell(string physicalId) => null;

    public override async Task<KeptResource?> FindAsync(
        AwsClients aws,
        AwsAccount account,
        string name,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await aws.Logs.FilterLogEventsAsync(new FilterLogEventsRequest { LogGroupName = name, Limit = 1 }, cancellationToken);
            return new KeptResource((NameProperty, name), $"log group {name}");
        }
        catch (ResourceNotFoundException)
        {
            return null;
        }
    }
}
