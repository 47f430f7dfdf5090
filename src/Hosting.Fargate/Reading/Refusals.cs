using Aspire.Hosting;

namespace Hosting.Fargate.Reading;

/// <summary>What of the model cannot be published, gathered so that all of it is said at once.</summary>
internal sealed class Refusals
{
    private readonly List<(string? Resource, string Text)> _refusals = [];

    public bool Any => _refusals.Count > 0;

    /// <param name="resource">The resource of the model; null for all of it.</param>
    /// <param name="text">What is wrong, and what to write instead: whole sentences, the first of which names the resource.</param>
    public void Add(string? resource, string text)
    {
        if (!_refusals.Contains((resource, text)))
        {
            _refusals.Add((resource, text));
        }
    }

    /// <exception cref="DistributedApplicationException">There is something, and the message is all of it.</exception>
    public void ThrowIfAny(string environment)
    {
        if (Any)
        {
            var count = _refusals.Count == 1 ? "one problem" : $"{_refusals.Count} problems";
            throw new DistributedApplicationException(
                string.Join(
                    Environment.NewLine,
                    _refusals
                        .Select(refusal => $"  - {refusal.Text}")
                        .Prepend($"The model cannot be published to '{environment}' ({count}):")
                )
            );
        }
    }
}
