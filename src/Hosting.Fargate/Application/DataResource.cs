using Aws.CloudFormation;
using Hosting.Fargate.Markup;

namespace Hosting.Fargate.Application;

/// <summary>
/// What holds data and outlives the application: a queue, a bucket, a table, a file system. All that the rooms after this one do with such
/// a thing they ask it for, so that a type is known to its own folder alone.
/// </summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="Existing">Its ARN or id where it is there already, and publishing makes none.</param>
internal abstract record DataResource(string Name, string? Existing)
{
    /// <summary>The name as it begins logical ids: <c>Jobs</c>.</summary>
    public string Id => Names.Id(Name);

    /// <summary>The resource type that holds the data: <c>AWS::SQS::Queue</c>.</summary>
    public abstract string Type { get; }

    /// <summary>What a person calls it: <c>queue</c>, <c>file system</c>.</summary>
    public abstract string Noun { get; }

    /// <summary>The AWS service, as the summary has it beside the noun: <c>SQS</c>.</summary>
    public abstract string Service { get; }

    /// <summary>How it is set up, for a person.</summary>
    public abstract string How { get; }

    /// <summary>What it is in the picture.</summary>
    public virtual MermaidShape Shape => MermaidShape.Cylinder;

    /// <summary>What the picture says below its name; null for nothing.</summary>
    public virtual string? Caption => null;

    /// <summary>What the foundation gives of it to the application, by property; that of one which exists is nothing.</summary>
    public abstract IEnumerable<DataOutput> Outputs { get; }

    /// <summary>How tasks without a way to the internet reach it; null where no endpoint is its own.</summary>
    public virtual DataEndpoint? Endpoint => null;

    /// <summary>What somebody is told of when it goes wrong.</summary>
    public virtual IEnumerable<MetricAlarm> Alarms => [];

    /// <summary>A row of the dashboard.</summary>
    public virtual IReadOnlyList<DataChart> Charts => [];

    /// <summary>What is billed by its use; said once for all of a kind.</summary>
    public virtual UncountedCost? Cost => null;

    /// <summary>Why AWS would not take its name, and what to do; null where it does.</summary>
    /// <param name="application">The name of the application's stack, which names begin with.</param>
    public virtual string? RefuseName(string application) => null;

    /// <summary>Why it cannot be used so, and what to write; null where it can.</summary>
    /// <param name="user">The workload that wants the access.</param>
    /// <param name="access">The access.</param>
    public virtual string? RefuseAccess(string user, Enum access) => null;

    /// <summary>The part of the foundation's template that it is in: <c>queues</c>.</summary>
    public virtual string Section => $"{Noun}s";

    /// <summary>What the foundation makes.</summary>
    /// <param name="application">The name of the application's stack.</param>
    public abstract IEnumerable<TemplateResource> Compose(string application);

    /// <summary>What an access is in the policy of a workload's role.</summary>
    public abstract IEnumerable<Statement> Statements(Workload workload, DataGrant grant);

    /// <summary>An access in verbs: <c>reads</c>, <c>writes</c>.</summary>
    public abstract IEnumerable<string> Verbs(Enum access);

    /// <summary>Whether who has the access works on what it takes out, so that its task is not to be scaled in meanwhile.</summary>
    public virtual bool IsWork(Enum access) => false;

    /// <summary>
    /// A property of it in a template of the application: what is known of one that exists, else an output of the foundation.
    /// </summary>
    public TemplateNode Attribute(string property) => (Existing is null ? null : Known(property)) ?? Fn.Ref($"{Id}{property}");

    /// <summary>The same within a text of <see cref="Fn.Sub(string, TemplateMap)"/>.</summary>
    public string InText(string property) =>
        Attribute(property) is var node && node.RefTarget() is { } output ? $"${{{output}}}" : node.AsText()!;

    /// <summary>A property of one that exists; null where it is not known.</summary>
    protected abstract TemplateNode? Known(string property);
}

/// <summary>How an AWS service is reached from inside a network.</summary>
/// <param name="Service">The service, as endpoints have it: <c>sqs</c>.</param>
/// <param name="Reason">What it is there for.</param>
/// <param name="IsGateway">Whether it is a route, which costs nothing, and not an address in subnets.</param>
internal sealed record DataEndpoint(string Service, string Reason, bool IsGateway = false);

/// <summary>A chart of the dashboard.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Statistic">Of the values of a minute.</param>
/// <param name="Lines">What is drawn.</param>
internal sealed record DataChart(string Title, string Statistic, IReadOnlyList<ChartLine> Lines);

/// <summary>A line of a chart: a metric of CloudWatch. References are written as in <see cref="Fn.Sub(string, TemplateMap)"/>.</summary>
/// <param name="Label">What the chart calls it.</param>
/// <param name="Namespace">The namespace of the metric: <c>AWS/SQS</c>.</param>
/// <param name="Metric">The name of the metric.</param>
/// <param name="Dimensions">Whose it is: names and values in turn.</param>
internal sealed record ChartLine(string Label, string Namespace, string Metric, params string[] Dimensions)
{
    /// <summary>A statistic of its own, in place of the chart's.</summary>
    public string? Statistic { get; init; }
}

/// <summary>Something that is billed by what passes through it, which no model says.</summary>
/// <param name="What">What it is, and whose.</param>
/// <param name="Price">What one of it costs; or why there is no number.</param>
internal sealed record UncountedCost(string What, string Price);

/// <summary>What the foundation says of a resource with data.</summary>
/// <param name="Property">Which property of the resource in the model it is.</param>
/// <param name="Value">What it is in the template.</param>
internal sealed record DataOutput(string Property, TemplateNode Value);
