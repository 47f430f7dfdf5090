using System.Text.RegularExpressions;

namespace Aws.CloudFormation;

/// <summary>
/// <c>{{resolve:…}}</c>, which CloudFormation replaces when it updates a stack. Source:
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html,
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
/// </summary>
internal static partial class DynamicReferences
{
    public const int Limit = 60;
    private const string Start = "{{resolve:";

    /// <summary>In place of what is not known: it is one part, whatever it is.</summary>
    private const string Unknown = "…";

    public static int Count(Template template) => ReferencesOf(template).Count();

    public static IEnumerable<Fault> Check(Template template)
    {
        var references = ReferencesOf(template).ToList();
        List<Fault> faults =
        [
            .. references
                .Select(place =>
                    Problem(place.Reference) is { } problem
                        ? new Fault(place.Resource, $"{place.Has} the dynamic reference '{place.Reference}': {problem}")
                        : null
                )
                .OfType<Fault>(),
        ];
        return references.Count > Limit
            ? faults.Append(
                new Fault(
                    null,
                    $"has {references.Count} dynamic references, and CloudFormation takes {Limit}. Publish as nested stacks, or put fewer secrets "
                        + "inside texts."
                )
            )
            : faults;
    }

    private static IEnumerable<Place> ReferencesOf(Template template)
    {
        foreach (var resource in template.Resources)
        {
            foreach (var reference in In(resource.Properties))
            {
                yield return new Place(resource.Id, "has", reference);
            }
        }

        foreach (var (name, output) in template.Outputs)
        {
            foreach (var reference in In(output))
            {
                yield return new Place(null, $"has an output '{name}' with", reference);
            }
        }

        foreach (var (name, parameter) in template.Parameters)
        {
            foreach (var reference in In(parameter))
            {
                yield return new Place(null, $"has a parameter '{name}' with", reference);
            }
        }
    }

    private static IEnumerable<string> In(TemplateNode node) => node.Texts(static _ => Unknown).SelectMany(Find);

    /// <summary>The references in a text; one that does not end goes to the end of its line.</summary>
    private static IEnumerable<string> Find(string text)
    {
        for (var start = text.IndexOf(Start, StringComparison.Ordinal); start >= 0; )
        {
            var next = text.IndexOf(Start, start + Start.Length, StringComparison.Ordinal);
            var own = text[start..(next < 0 ? text.Length : next)];
            yield return own.IndexOf("}}", StringComparison.Ordinal) is >= 0 and var end ? own[..(end + 2)] : own.Split('\n')[0];
            start = next;
        }
    }

    private static string? Problem(string reference)
    {
        if (!reference.EndsWith("}}", StringComparison.Ordinal))
        {
            return "it does not end. Write }} after it.";
        }

        var inside = reference[Start.Length..^2];
        if (inside.EndsWith('\\'))
        {
            return "CloudFormation cannot resolve what ends with a backslash. Take it out.";
        }

        var (service, key) = inside.Split(':', 2) is [var name, var rest] ? (name, rest) : (inside, "");
        return service switch
        {
            "secretsmanager" => SecretProblem(key),
            "ssm" or "ssm-secure" => Parameter().IsMatch(key)
                ? null
                : $"it is no parameter's name with a version. Write {{{{resolve:{service}:name:version}}}}, the version a number or left out.",
            Unknown => null,
            _ => $"there is no service '{service}'. Write secretsmanager, ssm or ssm-secure.",
        };
    }

    private static string? SecretProblem(string key)
    {
        const string Write =
            "Write {{resolve:secretsmanager:secret:SecretString:json-key:version-stage:version-id}}; "
            + "what is not needed may be empty, or left out at the end.";

        // An ARN has colons of its own: arn:partition:secretsmanager:region:account:secret:name.
        var parts = key.Split(':');
        var id = parts[0] == "arn" ? 7 : 1;
        if (parts.Length < id || parts[..id].Any(string.IsNullOrEmpty) || parts.Length > id + 4)
        {
            return $"it has {(parts.Length <= id ? "no secret, or not all of its ARN" : "too many parts")}. {Write}";
        }

        string Part(int index) => parts.ElementAtOrDefault(id + index) ?? "";
        return Part(0) is not ("" or "SecretString" or Unknown) ? $"'{Part(0)}' stands where SecretString should. {Write}"
            : Part(2) is not "" && Part(3) is not "" ? "it has both a version stage and a version id. Leave one of them empty."
            : null;
    }

    [GeneratedRegex(@"\A(?:arn:[^:]+:ssm:[^:]*:[^:]*:parameter)?[A-Za-z0-9_.\-/…]+(?::[0-9…]+)?\z")]
    private static partial Regex Parameter();

    /// <summary>Where a reference is.</summary>
    private sealed record Place(string? Resource, string Has, string Reference);
}
