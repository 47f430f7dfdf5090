using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Reporting;
using Hosting.Fargate.Stacks;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Deploying;

/// <summary>What a verb works with that goes by the model: the application and its templates beside the account.</summary>
internal sealed class DeploySession(
    FargateApplication application,
    TemplateSet templates,
    AwsClients aws,
    AwsAccount account,
    DeployToken token,
    ILogger logger,
    LiveConsole? live = null,
    TimeProvider? time = null
) : StackSession(application.Name, aws, account, token, logger, live, time)
{
    public FargateApplication Application => application;

    public TemplateSet Templates => templates;

    /// <summary>The foundation's template.</summary>
    public TemplateMap Foundation { get; } = TemplateJson.ToMap(templates.Foundation);

    /// <summary>The application's template, without those of nested stacks.</summary>
    public TemplateMap Root { get; } = TemplateJson.ToMap(templates.Application);

    public bool HasNestedStacks => templates.Nested.Count > 0;

    /// <summary>Why what is deployed cannot become what is wanted, and what to do; null where it can.</summary>
    /// <param name="live">The application's stack; null where there is none.</param>
    /// <param name="before">Its template; null where it holds nothing.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<string?> ProblemOfChangeAsync(LiveStack? live, TemplateMap? before, CancellationToken cancellationToken) =>
        live is null || before is null
            ? null
            : ImpossibleChange.ProblemOf(
                Application.Name,
                [before, .. await Stacks.ChangedNestedAsync(live, before, Root, cancellationToken)],
                [Root, .. Templates.Nested.Select(TemplateJson.ToMap)]
            );
}
