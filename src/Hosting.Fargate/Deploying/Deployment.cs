using Hosting.Fargate.Application;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Deploying.Aws;
using Hosting.Fargate.Deploying.Stacks;
using Hosting.Fargate.Reporting;
using Hosting.Fargate.Templates;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Deploying;

/// <summary>What every verb works with: an application, the account it goes to, and the ways to look at and change its stacks.</summary>
internal sealed class Deployment
{
    public Deployment(
        FargateApplication application, TemplateSet templates, AwsClients aws, AwsAccount account, DeployToken token, ILogger logger, LiveConsole? live = null)
    {
        Application = application;
        Templates = templates;
        Aws = aws;
        Account = account;
        Token = token;
        Live = live;
        Logger = logger;
        Stacks = new StackReader(aws.CloudFormation);
        ChangeSets = new ChangeSets(aws.CloudFormation, Stacks, token);
        Readiness = new StackReadiness(aws.CloudFormation, Stacks, token, logger);
        Store = new TemplateStore(aws.S3, account);
        Console = new ConsoleLinks(account.Partition, account.Region);
        Foundation = TemplateJson.ToMap(templates.Foundation);
        Root = TemplateJson.ToMap(templates.Application);
    }

    public FargateApplication Application { get; }

    public TemplateSet Templates { get; }

    /// <summary>The foundation's template.</summary>
    public TemplateMap Foundation { get; }

    /// <summary>The application's template, without those of nested stacks.</summary>
    public TemplateMap Root { get; }

    public AwsClients Aws { get; }

    public AwsAccount Account { get; }

    public DeployToken Token { get; }

    public ILogger Logger { get; }

    /// <summary>Says what is being waited for; null where the Aspire CLI shows what goes on.</summary>
    public LiveConsole? Live { get; }

    public StackReader Stacks { get; }

    public ChangeSets ChangeSets { get; }

    public StackReadiness Readiness { get; }

    public TemplateStore Store { get; }

    /// <summary>Where the AWS console shows it.</summary>
    public ConsoleLinks Console { get; }

    public bool HasNestedStacks => Templates.Nested.Count > 0;

    /// <summary>The bucket for templates that do not go in a call; null where the foundation has none.</summary>
    public string? TemplatesBucket(LiveStack? foundation) => foundation?.Outputs.GetValueOrDefault(TemplatesBucketComposer.Output);
}
