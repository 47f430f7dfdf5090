using System.Security.Cryptography;
using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// Gives each service and task a stack of its own inside the application's, where one template cannot hold them all. One a service, and not
/// as many as fit into one: so adding a service moves no other.
/// </summary>
internal sealed class NestedStacks
{
    private readonly FargateApplication _application;
    private readonly Template _whole;
    private readonly Template _root;

    /// <summary>The child that holds a resource.</summary>
    private readonly Dictionary<string, Child> _holders = new(StringComparer.Ordinal);
    private readonly List<Child> _children = [];

    private NestedStacks(FargateApplication application, Template whole)
    {
        _application = application;
        _whole = whole;
        _root = new Template(whole.StackName, whole.Description);
    }

    private sealed record Child(string Owner, Template Template)
    {
        public string StackId => $"{Names.Id(Owner)}Stack";

        public TemplateMap Arguments { get; } = [];

        public SortedSet<string> DependsOn { get; } = new(StringComparer.Ordinal);
    }

    /// <summary>
    /// Whether one template can hold it: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html.
    /// </summary>
    public static bool AreNeeded(FargateApplication application, Template whole) =>
        application.NestedStacks
        || whole.Resources.Count > 500
        || TemplateRules.HasTooManyDynamicReferences(whole)
        || TemplateJson.Write(whole).Length > 1_000_000;

    /// <summary>
    /// Says where CloudFormation finds the template of each stack: under a name made from its content, so that a changed template is a
    /// changed stack. To be done last, when nothing changes them any more.
    /// </summary>
    public static void Address(Template root, IEnumerable<Template> children)
    {
        foreach (var child in children)
        {
            var stack = root.Resources.First(resource =>
                resource.Type == "AWS::CloudFormation::Stack" && $"{root.StackName}-{resource.Owner}" == child.StackName
            );
            stack.Properties["TemplateURL"] = Fn.Sub(
                $"https://${{{TemplatesBucketComposer.Output}}}.s3.${{AWS::Region}}.${{AWS::URLSuffix}}/{KeyOf(child)}"
            );
        }
    }

    /// <summary>The name of a template in the bucket that CloudFormation takes it from.</summary>
    public static string KeyOf(Template template) =>
        $"{Convert.ToHexStringLower(SHA256.HashData(TemplateJson.Write(template)))}.template.json";

    /// <summary>The application's template with a stack in place of each service, and the templates of those stacks.</summary>
    public static (Template Root, IReadOnlyList<Template> Children) Split(FargateApplication application, Template whole)
    {
        var nested = new NestedStacks(application, whole);
        nested.Split();
        return (nested._root, [.. nested._children.Select(child => child.Template)]);
    }

    private void Split()
    {
        var owners = _application.Workloads.ToDictionary(workload => workload.Name, workload => workload.Declaration);
        foreach (var section in _whole.Sections)
        {
            if (section.Resources is [{ Owner: { } owner }, ..] && owners.TryGetValue(owner, out var declaration))
            {
                var child = new Child(
                    owner,
                    new Template(
                        $"{_whole.StackName}-{owner}",
                        $"{declaration} of {_whole.StackName}: a stack of its own inside the application's."
                    )
                );
                _children.Add(child);
                section.Resources.ForEach(resource => _holders.Add(resource.Id, child));
            }
        }

        WaysInCircles().ForEach(way => _holders.Remove(way.Id));
        foreach (var child in _children)
        {
            Fill(child);
        }

        FillRoot();
    }

    /// <summary>
    /// The ways between services that call each other: in the stack of either it would need the other's. So they stay in the application's.
    /// </summary>
    private List<TemplateResource> WaysInCircles()
    {
        var needs = _whole
            .Resources.Where(resource => _holders.ContainsKey(resource.Id))
            .SelectMany(resource =>
                resource
                    .Properties.References()
                    .Concat(resource.DependsOn)
                    .Select(id => new
                    {
                        Child = _holders[resource.Id],
                        Other = _holders.GetValueOrDefault(id),
                        Way = resource,
                    })
            )
            .Where(need => need.Other is not null && need.Other != need.Child)
            .ToLookup(need => need.Child);
        return
        [
            .. _whole.Resources.Where(resource =>
                resource.Type == "AWS::EC2::SecurityGroupIngress"
                && _holders.TryGetValue(resource.Id, out var child)
                && needs[child].Any(need => need.Way == resource && Reaches(need.Other!, child, []))
            ),
        ];

        bool Reaches(Child from, Child to, HashSet<Child> seen) =>
            seen.Add(from) && (from == to || needs[from].Any(need => Reaches(need.Other!, to, seen)));
    }

    private void Fill(Child child)
    {
        var rewriter = new TemplateRewriter(reference => InChild(child, reference).ToNode());
        var resources = _whole
            .Resources.Where(resource => _holders.GetValueOrDefault(resource.Id) == child)
            .Select(resource => new TemplateResource(resource.Id, resource.Type)
            {
                Comment = resource.Comment,
                Owner = resource.Owner,
                DependsOn = [.. resource.DependsOn.Where(id => IsInside(child, id))],
                DeletionPolicy = resource.DeletionPolicy,
                UpdateReplacePolicy = resource.UpdateReplacePolicy,
                Metadata = resource.Metadata,
                Properties = rewriter.Rewrite(resource.Properties),
            });
        child.Template.Add(new TemplateSection(child.Template.Description, [.. resources]));
        foreach (var condition in ConditionsIn(child.Template))
        {
            child.Template.Conditions[condition] = rewriter.Rewrite(_whole.Conditions[condition]!);
        }
    }

    /// <summary>Whether it is in the same child; what is not must be there before the child's stack begins.</summary>
    private bool IsInside(Child child, string id)
    {
        var holder = _holders.GetValueOrDefault(id);
        if (holder != child)
        {
            child.DependsOn.Add(holder?.StackId ?? id);
        }

        return holder == child;
    }

    /// <summary>What is outside of a child comes in as a parameter.</summary>
    private TemplateReference InChild(Child child, TemplateReference reference)
    {
        if (TemplateNavigation.IsPseudoParameter(reference.Id) || _holders.GetValueOrDefault(reference.Id) == child)
        {
            return reference;
        }

        var parameter = reference.Id + reference.Attribute?.Replace(".", "", StringComparison.Ordinal);
        if (child.Template.Parameters[parameter] is null)
        {
            var given = _whole.Parameters[reference.Id] as TemplateMap;
            var isList = IsList(reference);
            child.Template.Parameters[parameter] = given ?? new TemplateMap { ["Type"] = isList ? "CommaDelimitedList" : "String" };
            child.Arguments[parameter] =
                given is not null ? Fn.Ref(reference.Id)
                : isList ? Fn.Join(",", reference.ToNode())
                : InRoot(reference).ToNode();
        }

        return new TemplateReference(parameter, null);
    }

    /// <summary>
    /// Whether it is a list, which the parameter of a stack takes as text alone. Of those that values name, what has one is never in a
    /// child.
    /// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-amazonmq-broker.html#aws-resource-amazonmq-broker-return-values
    /// </summary>
    private static bool IsList(TemplateReference reference) => reference.Attribute == BrokerComposer.Addresses;

    /// <summary>What is in a child comes out as an output.</summary>
    private TemplateReference InRoot(TemplateReference reference)
    {
        if (!_holders.TryGetValue(reference.Id, out var holder))
        {
            return reference;
        }

        var output = reference.Id + reference.Attribute?.Replace(".", "", StringComparison.Ordinal);
        holder.Template.Outputs[output] = new TemplateMap { ["Value"] = reference.ToNode() };
        return new TemplateReference(holder.StackId, $"Outputs.{output}");
    }

    private void FillRoot()
    {
        foreach (var (name, parameter) in _whole.Parameters)
        {
            _root.Parameters[name] = parameter;
        }

        var rewriter = new TemplateRewriter(reference => InRoot(reference).ToNode());
        foreach (var section in _whole.Sections)
        {
            var shared = section
                .Resources.Where(resource => !_holders.ContainsKey(resource.Id))
                .Select(resource => new TemplateResource(resource.Id, resource.Type)
                {
                    Comment = resource.Comment,
                    Owner = resource.Owner,
                    DependsOn = [.. resource.DependsOn],
                    DeletionPolicy = resource.DeletionPolicy,
                    UpdateReplacePolicy = resource.UpdateReplacePolicy,
                    Metadata = resource.Metadata,
                    Properties = rewriter.Rewrite(resource.Properties),
                });
            _root.Add(new TemplateSection(section.Title, [.. shared]));
        }

        // All outputs are known now, and with them what a child's template is.
        _root.Add(new TemplateSection("services and tasks, a stack each", [.. _children.Select(Stack)]));
        foreach (var (name, output) in _whole.Outputs)
        {
            _root.Outputs[name] = rewriter.Rewrite(output);
        }

        foreach (var condition in ConditionsIn(_root))
        {
            _root.Conditions[condition] = _whole.Conditions[condition]!;
        }

        Tagging.Apply(_root, _application);
        Dependencies.Prune(_root);
        _children.ForEach(child => Dependencies.Prune(child.Template));
    }

    private static TemplateResource Stack(Child child) =>
        new(child.StackId, "AWS::CloudFormation::Stack")
        {
            Comment = $"{child.Template.StackName}.template.yaml, put where CloudFormation finds it under a name made from its content",
            Owner = child.Owner,
            DependsOn = [.. child.DependsOn],
            Properties = new() { ["TemplateURL"] = "", ["Parameters"] = child.Arguments.Count == 0 ? null : child.Arguments },
        };

    private static IEnumerable<string> ConditionsIn(Template template) =>
        template
            .Resources.SelectMany(resource =>
                resource.Condition is { } own
                    ? resource.Properties.ConditionReferences().Prepend(own)
                    : resource.Properties.ConditionReferences()
            )
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
}
