using System.Text.RegularExpressions;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Secrets whose value a callback of the model asks for and makes text of, as <c>await connection.GetValueAsync()</c> does: a text with the
/// value in it is as good as a reference, and the value is in no template.
/// </summary>
internal sealed class AskedSecrets
{
    private readonly Dictionary<string, FormOfSecret> _forms = new(StringComparer.Ordinal);
    private Regex? _any;

    private AskedSecrets() { }

    /// <summary>The secrets that have a value here.</summary>
    public IReadOnlyList<ValueOfSecret> Values { get; private set; } = [];

    /// <summary>Asks for the values that there are where the model is published. One that is missing is in no text either.</summary>
    public static async Task<AskedSecrets> ReadAsync(
        DistributedApplicationModel model,
        ParameterReader parameters,
        CancellationToken cancellationToken
    )
    {
        var asked = new AskedSecrets();
        var all = parameters.Resources.Concat(model.Resources.OfType<IResourceWithConnectionString>().SelectMany(In));
        foreach (var parameter in all.Where(ParameterReader.IsSecret).DistinctBy(parameter => parameter.Name).ToList())
        {
            try
            {
                if (await parameter.GetValueAsync(cancellationToken) is { } value && !SecretsInFiles.IsWord(value))
                {
                    asked._forms.TryAdd(Uri.EscapeDataString(value), new(parameter, ValueFormat.Uri));
                    asked._forms[value] = new(parameter, ValueFormat.AsIs);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException) { }
        }

        if (asked._forms.Count > 0)
        {
            asked.Values =
            [
                .. asked
                    ._forms.Keys.Where(value => asked._forms[value].Format == ValueFormat.AsIs)
                    .Select(value => new ValueOfSecret(asked._forms[value].Parameter.Name, value)),
            ];
            var forms = asked._forms.Keys.OrderByDescending(form => form.Length).ThenBy(form => form, StringComparer.Ordinal);
            asked._any = new Regex(
                $"(?<![A-Za-z0-9])(?:{string.Join('|', forms.Select(Regex.Escape))})(?![A-Za-z0-9])",
                RegexOptions.CultureInvariant
            );
        }

        return asked;
    }

    /// <summary>Where a text has the value of a secret, of which one, and how it is written.</summary>
    public IEnumerable<AskedSecret> Find(string text) =>
        _any is null
            ? []
            : _any.Matches(text).Select(match => new AskedSecret(match.Index..(match.Index + match.Length), _forms[match.Value]));

    /// <summary>The parameters in a connection string: passwords that a resource makes for itself are in no model.</summary>
    private static IEnumerable<ParameterResource> In(IResourceWithConnectionString resource)
    {
        Queue<ReferenceExpression> next = new();
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        try
        {
            next.Enqueue(resource.ConnectionStringExpression);
        }
        catch (Exception exception) when (exception is not OperationCanceledException) { }

        while (next.TryDequeue(out var expression))
        {
            foreach (var provider in expression.ValueProviders.Where(seen.Add))
            {
                if (provider is ParameterResource parameter)
                {
                    yield return parameter;
                }
                else if (provider is ReferenceExpression inner)
                {
                    next.Enqueue(inner);
                }
            }
        }
    }
}

/// <summary>The value of a secret where the model is published.</summary>
internal sealed record ValueOfSecret(string Name, string Value)
{
    public override string ToString() => Name;
}

/// <summary>A secret, and how its value is written.</summary>
internal sealed record FormOfSecret(ParameterResource Parameter, ValueFormat Format);

/// <summary>Where a text has the value of a secret.</summary>
internal sealed record AskedSecret(Range Place, FormOfSecret Secret);
