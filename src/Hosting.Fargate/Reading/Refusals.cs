using Aspire.Hosting;

namespace Hosting.Fargate.Reading;

/// <summary>What of the model cannot be published, gathered so that all of it is said at once.</summary>
internal sealed class Refusals
{
    private readonly List<Refusal> _refusals = [];

    public bool Any => _refusals.Count > 0;

    /// <param name="resource">The resource of the model; null for all of it.</param>
    /// <param name="text">What is wrong, and what to write instead: whole sentences, the first of which names the resource.</param>
    public void Add(string? resource, string text) => AddOnce(new(resource, null, text));

    /// <summary>Refuses a value. What is wrong with more of them is said once.</summary>
    /// <param name="use">Who gets it.</param>
    /// <param name="text">What is wrong, to go on after the name of the variable, and what to write instead.</param>
    public void AddValue(ValueUse use, string text) => AddOnce(new(use.Resource.Name, use with { Connections = [], Replica = null }, text));

    /// <exception cref="DistributedApplicationException">There is something, and the message is all of it.</exception>
    public void ThrowIfAny(string environment)
    {
        if (Any)
        {
            List<string> all = [.. _refusals.GroupBy(refusal => new { refusal.Text, IsOfValue = refusal.Use is not null }).Select(TextOf)];
            var count = all.Count == 1 ? "one problem" : $"{all.Count} problems";
            throw new DistributedApplicationException(
                string.Join(
                    Environment.NewLine,
                    all.Select(text => $"  - {text}").Prepend($"The model cannot be published to '{environment}' ({count}):")
                )
            );
        }
    }

    private static string TextOf(IEnumerable<Refusal> same)
    {
        List<ValueUse> uses = [.. same.Select(refusal => refusal.Use).OfType<ValueUse>()];
        var text = same.First().Text;
        if (uses is not [var first, ..])
        {
            return text;
        }

        var resources = uses.Select(use => $"'{use.Resource.Name}'").Distinct().ToList();
        var others = uses.Select(use => use.Variable).Distinct().Count() - 1;
        var who = resources.Count == 1 ? resources[0] : $"{string.Join(", ", resources[..^1])} and {resources[^1]}";
        return $"{first.Variable ?? "An argument"} of {who}"
            + (others > 0 ? $" (and {others} more of {(resources.Count == 1 ? "its" : "their")} variables)" : "")
            + $" {text}";
    }

    private void AddOnce(Refusal refusal)
    {
        if (!_refusals.Contains(refusal))
        {
            _refusals.Add(refusal);
        }
    }

    private sealed record Refusal(string? Resource, ValueUse? Use, string Text);
}
