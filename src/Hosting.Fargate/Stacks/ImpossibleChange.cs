using Aws.CloudFormation;

namespace Hosting.Fargate.Stacks;

/// <summary>
/// What CloudFormation cannot make of what is deployed: it makes what is new before it deletes what is old, and a service, its log group
/// and its task definitions have names that are taken until then. Source:
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html.
/// </summary>
internal static class ImpossibleChange
{
    /// <summary>Why what is deployed cannot become what is wanted, and what to do; null where it can.</summary>
    /// <param name="name">The application.</param>
    /// <param name="live">The template that is deployed and those of stacks within it; empty where nothing is.</param>
    /// <param name="wanted">The template that is to be and those of stacks within it.</param>
    public static string? ProblemOf(string name, IReadOnlyList<TemplateMap> live, IReadOnlyList<TemplateMap> wanted)
    {
        if (live.Count == 0)
        {
            return null;
        }

        var remedy = $"To go over, run 'destroy' (images, secrets and data stay), then 'deploy': '{name}' is away in between.";
        // What destroy has left has neither services nor tasks.
        if (HasNested(live[0]) != HasNested(wanted[0]) && live.SelectMany(ResourcesOf).Any(resource => IsOfWorkload(resource.Value)))
        {
            return (
                    HasNested(wanted[0])
                        ? $"'{name}' is deployed as one stack, and the model makes a stack of each service: by WithNestedStacks, or since one template "
                            + "does not hold them all any more."
                        : $"'{name}' is deployed with a stack for each service, and the model makes one stack of them all: keep WithNestedStacks."
                ) + $" CloudFormation cannot move a service from one stack to another. {remedy}";
        }

        var before = live.SelectMany(ResourcesOf).ToLookup(resource => resource.Key, resource => resource.Value, StringComparer.Ordinal);
        if (TakenPlaces(live, wanted).FirstOrDefault() is { } taken)
        {
            return taken;
        }

        if (MajorUpgrades.ProblemOf(live, wanted) is { } upgrade)
        {
            return upgrade;
        }

        return
            wanted.SelectMany(ResourcesOf).FirstOrDefault(resource => before[resource.Key].Any(old => IsMadeAnew(old, resource.Value)))
                is { Value: { } service }
            ? $"'{service.At("Properties", "ServiceName").AsText()}' goes to ECS Anywhere (Capacity.External), or comes from there. ECS makes a service of "
                + $"another launch type anew, and CloudFormation cannot while the old one has its name. {remedy}"
            : null;
    }

    /// <summary>
    /// A number of a listener's rule that another rule has until it is changed or deleted, which is after the new one was made.
    /// </summary>
    private static IEnumerable<string> TakenPlaces(IEnumerable<TemplateMap> live, IEnumerable<TemplateMap> wanted)
    {
        var holders = live.SelectMany(ResourcesOf)
            .Where(resource => PlaceOf(resource.Value) is not null)
            .ToLookup(resource => PlaceOf(resource.Value), resource => resource.Key);
        return from resource in wanted.SelectMany(ResourcesOf)
            let place = PlaceOf(resource.Value)
            where place is not null && !holders[place].Contains(resource.Key)
            from holder in holders[place]
            select $"'{resource.Key}' is to have {place}, which '{holder}' has in the stack that is deployed. CloudFormation makes what is new before it takes away what "
                + "is old, and AWS gives this once. Give the new one another number (WithRoute(…, priority: …), WithPort(…)), or deploy twice: first without it.";
    }

    private static string? PlaceOf(TemplateNode resource) =>
        resource.At("Properties") is not { } properties
            ? null
            : TypeOf(resource) switch
            {
                "AWS::ElasticLoadBalancingV2::ListenerRule" =>
                    $"priority {properties.At("Priority").AsText()} of {properties.At("ListenerArn").RefTarget()}",
                "AWS::ElasticLoadBalancingV2::Listener" => $"port {properties.At("Port").AsText()} of the load balancer",
                _ => null,
            };

    private static bool HasNested(TemplateMap template) =>
        ResourcesOf(template).Any(resource => TypeOf(resource.Value) == "AWS::CloudFormation::Stack");

    private static bool IsOfWorkload(TemplateNode resource) =>
        TypeOf(resource) is "AWS::ECS::TaskDefinition" or "AWS::CloudFormation::Stack";

    private static bool IsMadeAnew(TemplateNode before, TemplateNode after) =>
        TypeOf(after) == "AWS::ECS::Service"
        && before.At("Properties", "LaunchType").AsText() != after.At("Properties", "LaunchType").AsText();

    private static IEnumerable<KeyValuePair<string, TemplateNode>> ResourcesOf(TemplateMap template) =>
        template.At("Resources") as TemplateMap ?? [];

    private static string? TypeOf(TemplateNode resource) => resource.At("Type").AsText();
}
