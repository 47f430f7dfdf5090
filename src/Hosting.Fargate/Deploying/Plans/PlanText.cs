using System.Globalization;
using System.Text.RegularExpressions;
using Hosting.Fargate.Application;
using Hosting.Fargate.Costs;

namespace Hosting.Fargate.Deploying.Plans;

/// <summary>A plan as lines for a person.</summary>
internal static partial class PlanText
{
    /// <summary>Stands for the digest of an image that a deploy would make.</summary>
    public static readonly string UnknownDigest = new('0', 64);

    private const int MaxProperties = 8;
    private const int MaxValue = 72;
    private const int ShownBeforeDifference = 11;

    public static IEnumerable<string> Lines(Plan plan)
    {
        if (plan.IsEmpty)
        {
            yield return "Nothing would change.";
        }

        foreach (var stack in plan.Changes.GroupBy(change => change.Stack, StringComparer.Ordinal))
        {
            yield return $"{stack.Key}{(stack.Key == plan.EdgeStack ? $" in {CloudFrontDistribution.CertificateRegion}" : "")}: {Counts(stack)}";
            var shown = stack.Where(change => change.Kind != ChangeKind.Follow).ToList();
            var width = shown.Select(change => Math.Min(44, change.Id.Length)).DefaultIfEmpty().Max();
            foreach (var line in shown.SelectMany(change => Lines(change, width)))
            {
                yield return $"  {line}";
            }

            string[] following = [.. stack.Where(change => change.Kind == ChangeKind.Follow).Select(change => change.Id)];
            if (following.Length > 0)
            {
                yield return $"  · refer to these, and most likely stay as they are: {string.Join(", ", following)}";
            }
        }

        foreach (
            var (title, names) in new[]
            {
                ("Images to push", [.. plan.ImagesToPush]),
                ("Sites to switch", plan.Sites),
                ("Secrets to put", plan.Secrets),
                ("Runs before services roll", plan.Tasks),
            }
        )
        {
            if (names.Count > 0)
            {
                yield return $"{title}: {string.Join(", ", names)}";
            }
        }

        if (Cost(plan) is { } cost)
        {
            yield return cost;
        }

        foreach (
            var change in plan.Changes.Where(change =>
                change is { IsStateful: true, Kind: ChangeKind.Replace or ChangeKind.MayReplace or ChangeKind.Remove }
            )
        )
        {
            yield return change.Kind == ChangeKind.Remove
                ? $"Kept in the account: {change.Id} ({change.Type}) leaves the stack, and its data stays where it is."
                : $"CAREFUL: {change.Id} ({change.Type}) {(change.Kind == ChangeKind.Replace ? "is" : "may be")} replaced. The new one is empty; the old one stays in the account, and nothing reads it any more.";
        }

        foreach (var change in plan.Changes.Where(DataLoss.IsIn))
        {
            yield return DataLoss.Describe(change, plan.Protected.Contains(change.Id));
        }

        foreach (var id in DataLoss.WereContainers(plan.Changes))
        {
            yield return DataLoss.DescribeContainer(id);
        }

        foreach (var line in EmptyCaches.Lines(plan.Changes))
        {
            yield return line;
        }

        foreach (var change in plan.Changes.Where(Interruptions.IsIn))
        {
            yield return Interruptions.Describe(change);
        }

        foreach (var change in plan.Changes.Where(Interruptions.IsOfUser))
        {
            yield return Interruptions.DescribeUser(change);
        }

        foreach (var (id, minutes) in plan.Changes.Select(change => (change.Id, Minutes: MinutesOf(change))))
        {
            if (minutes is not null)
            {
                yield return $"{id} takes {minutes} minutes to be made.";
            }
        }

        foreach (
            var change in plan.Changes.Where(change =>
                change is { Type: "AWS::ElasticLoadBalancingV2::ListenerRule", Kind: not ChangeKind.Add and not ChangeKind.Remove }
            )
        )
        {
            yield return $"CAREFUL: {change.Id} is a rule that ECS may be shifting traffic with; changing it sends all requests to the first target group.";
        }

        foreach (var note in plan.Notes)
        {
            yield return note;
        }
    }

    /// <summary>How much there is of each: <c>1 added, 2 changed</c>.</summary>
    public static string Counts(IEnumerable<PlannedChange> changes)
    {
        var counts = changes.ToLookup(change => change.Kind);
        return string.Join(
            ", ",
            new[]
            {
                (ChangeKind.Add, "added"),
                (ChangeKind.Import, "taken up"),
                (ChangeKind.Update, "changed"),
                (ChangeKind.Replace, "replaced"),
                (ChangeKind.MayReplace, "changed or replaced"),
                (ChangeKind.Remove, "removed"),
            }
                .Where(kind => counts[kind.Item1].Any())
                .Select(kind => string.Create(CultureInfo.InvariantCulture, $"{counts[kind.Item1].Count()} {kind.Item2}"))
        );
    }

    /// <summary>How long AWS takes to make what it runs itself, where that is long.</summary>
    private static string? MinutesOf(PlannedChange change) =>
        (change.Kind, change.Type) switch
        {
            (ChangeKind.Add, DatabaseTypes.Instance or DatabaseTypes.Cluster) when !DatabaseServer.IsOfCluster(change.Id) => "5 to 15",
            (ChangeKind.Add, Cache.NodesType) => "5 to 15",
            (ChangeKind.Add, Broker.Type) => "10 to 20",
            _ => null,
        };

    private static IEnumerable<string> Lines(PlannedChange change, int width)
    {
        yield return $"{change.Sign} {change.Id.PadRight(width)}  {change.Type}{Word(change)}";
        foreach (var property in change.Properties.Take(MaxProperties))
        {
            yield return $"    {property.Path}{Values(property)}";
        }

        if (change.Properties.Count > MaxProperties)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"    and {change.Properties.Count - MaxProperties} more");
        }
    }

    private static string Word(PlannedChange change) =>
        change.Kind switch
        {
            ChangeKind.Replace when change.Type == "AWS::ECS::TaskDefinition" => "  new revision",
            ChangeKind.Replace => "  replaced",
            ChangeKind.MayReplace => "  perhaps replaced",
            ChangeKind.Import => "  taken up again",
            _ => "",
        };

    private static string Values(PropertyChange property) =>
        property switch
        {
            { Before: null, After: null } => "",
            { Before: null } => $": {Short(property.After)}",
            { After: null } => $": {Short(property.Before)} → gone",
            { Before: { } before, After: { } after } => Both(Readable(before), Readable(after)),
        };

    /// <summary>Two texts from where they begin to differ, where their beginnings are the same and as long as what is shown.</summary>
    private static string Both(string before, string after)
    {
        if (Cut(before) != Cut(after) || before == after)
        {
            return $": {Cut(before)} → {Cut(after)}";
        }

        var from = before.AsSpan().CommonPrefixLength(after) - ShownBeforeDifference;
        return $": …{Cut(before[from..])} → …{Cut(after[from..])}";
    }

    private static string Short(string? value) => Cut(Readable(value));

    private static string Cut(string text) => text.Length <= MaxValue ? text : text[..MaxValue] + "…";

    private static string Readable(string? value)
    {
        if (value == "{{changeSet:KNOWN_AFTER_APPLY}}")
        {
            return "known once it is made";
        }

        return Digest()
            .Replace(Blank().Replace(value ?? "", " "), match =>
                match.Value.EndsWith(UnknownDigest, StringComparison.Ordinal) ? "a new image" : match.Value[..19] + "…"
            );
    }

    private static string? Cost(Plan plan)
    {
        if (plan.CostAfter is not { } after)
        {
            return null;
        }

        var amount = CostText.Amount(after.Minimum, after.Maximum);
        if (plan.CostBefore is not { } before)
        {
            return $"Cost: about {amount} USD a month, and what is billed by use.";
        }

        return before == after
            ? $"Cost: stays at about {amount} USD a month, and what is billed by use."
            : $"Cost: about {amount} USD a month, {Difference(after.Minimum - before.Minimum, after.Maximum - before.Maximum)} (before: {CostText.Amount(before.Minimum, before.Maximum)}).";
    }

    private static string Difference(decimal least, decimal most) => least == most ? Signed(least) : $"{Signed(least)} to {Signed(most)}";

    private static string Signed(decimal amount) => (amount < 0 ? "−" : "+") + CostText.Amount(Math.Abs(amount));

    [GeneratedRegex("sha256:[0-9a-f]{64}")]
    private static partial Regex Digest();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
