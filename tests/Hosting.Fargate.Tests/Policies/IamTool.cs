using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hosting.Fargate.Tests.Policies;

/// <summary>What AWS says of permissions, asked of tools that are not ours: tests/Iam.</summary>
internal static class IamTool
{
    /// <summary>Asks, as <c>tests/Iam/check.mjs</c> says how.</summary>
    public static Task<JsonElement> AskAsync(JsonObject question) => NodeTool.AskAsync("Iam", question);
}
