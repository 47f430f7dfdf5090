using System.Text.RegularExpressions;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Text that by its name, or by what is beside it, is a secret: it is in the template, and in the task definition for all who may describe
/// one: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html.
/// </summary>
internal static partial class PlainSecrets
{
    public static IEnumerable<Notice> Notices(WorkloadDraft draft)
    {
        var names = draft
            .Variables.Where(variable => variable.Value is Text { Content: var text } && IsSecret(variable.Name, text))
            .Select(variable => variable.Name)
            .ToList();
        if (names.Count > 0)
        {
            yield return Notice.Warning(
                draft.Resource.Name,
                $"has {string.Join(" and ", names)} as plain text",
                ", for everybody who may read the template or describe the task definition. Make it a secret: "
                    + ".WithEnvironment(\"NAME\", builder.AddParameter(\"…\", secret: true))."
            );
        }

        var parameters = draft
            .Variables.Where(variable => Name().IsMatch(variable.Name))
            .SelectMany(
                variable => variable.Value.Parts.OfType<ParameterValue>(),
                (variable, value) => $"{variable.Name} from the parameter '{value.Parameter.Name}'"
            )
            .Distinct()
            .ToList();
        if (parameters.Count > 0)
        {
            yield return Notice.Warning(
                draft.Resource.Name,
                $"has {string.Join(" and ", parameters)}",
                ", which is no secret one: its value is in the stack for everybody who may describe it or the task definition. "
                    + "Say builder.AddParameter(\"…\", secret: true)."
            );
        }
    }

    private static bool IsSecret(string name, string text) =>
        (Name().IsMatch(name) && !Harmless().IsMatch(text)) || Password().IsMatch(text);

    [GeneratedRegex(
        @"(?:password|passwd|passphrase|(?:\A|_)(?:pass|pwd)|secret|(?:api|private|signing|encryption|master)_?key"
            + @"|(?:secret|secret_access)_?key|(?:auth|access|bearer)_?token|(?:\A|_)token)\z",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Name();

    /// <summary>What says whether there is one, or where.</summary>
    [GeneratedRegex(@"\A(?:.{0,2}|\d+|true|false|yes|no|none|/.*|https?://.*|file:.*|env:.*)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Harmless();

    /// <summary>A connection string with one in it, or an address.</summary>
    [GeneratedRegex(
        @"(?:^|[;?&\s])(?:password|pwd)\s*=\s*[^;&\s{]{3,}|\A[a-z][a-z0-9+.-]*://[^/:@\s]*:[^/@\s{]{3,}@",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Password();
}
