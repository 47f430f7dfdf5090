using System.Text.Json.Nodes;
using Hosting.Fargate.Publishing;

namespace Hosting.Fargate.Tests.Policies;

/// <summary>The policies among the files of a publication.</summary>
internal static class PolicyFiles
{
    public static IEnumerable<(string Name, JsonNode Policy)> Of(Publication publication) =>
        publication
            .Files.Where(file =>
                file.Name.Contains("-policy", StringComparison.Ordinal) && file.Name.EndsWith(".json", StringComparison.Ordinal)
            )
            .Select(file => (file.Name, JsonNode.Parse(file.Content)!));
}
