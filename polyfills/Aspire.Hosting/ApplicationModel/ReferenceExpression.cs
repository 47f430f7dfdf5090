using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// A text with values inside, or a choice between two of them. The values stay references until somebody asks: in run mode for
/// the text, in publish mode for what stands for each of them.
/// </summary>
public class ReferenceExpression : IExpressionValue, IValueWithReferences
{
    /// <summary>No text; its value is null.</summary>
    public static readonly ReferenceExpression Empty = new(string.Empty, [], [], []);

    private readonly string? _name;

    internal ReferenceExpression(string format, IValueProvider[] valueProviders, string[] manifestExpressions, string?[] stringFormats)
    {
        Format = format;
        ValueProviders = valueProviders;
        ManifestExpressions = manifestExpressions;
        StringFormats = stringFormats;
    }

    private ReferenceExpression(IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentException.ThrowIfNullOrEmpty(matchValue);
        ArgumentNullException.ThrowIfNull(whenTrue);
        ArgumentNullException.ThrowIfNull(whenFalse);

        Condition = condition;
        MatchValue = matchValue;
        WhenTrue = whenTrue;
        WhenFalse = whenFalse;
        _name = NameOfChoice(condition, matchValue, whenTrue, whenFalse);

        Format = string.Empty;
        ValueProviders = [.. whenTrue.ValueProviders, .. whenFalse.ValueProviders];
        ManifestExpressions = [];
        StringFormats = [];
    }

    /// <summary>The text as a composite format; empty for a choice.</summary>
    public string Format { get; }

    /// <summary>What stands for each value in publish mode.</summary>
    public IReadOnlyList<string> ManifestExpressions { get; }

    /// <summary>How each value is changed before it goes into the text: <c>uri</c> or null.</summary>
    public IReadOnlyList<string?> StringFormats { get; }

    /// <summary>The values; of a choice those of both branches.</summary>
    public IReadOnlyList<IValueProvider> ValueProviders { get; }

    /// <summary>Whether this is a choice between <see cref="WhenTrue"/> and <see cref="WhenFalse"/>.</summary>
    public bool IsConditional => Condition is not null;

    /// <summary>What a choice depends on.</summary>
    public IValueProvider? Condition { get; }

    /// <summary>The value of the condition, without regard to case, that chooses <see cref="WhenTrue"/>.</summary>
    public string? MatchValue { get; }

    /// <summary>The text where the condition has the value.</summary>
    public ReferenceExpression? WhenTrue { get; }

    /// <summary>The text where it has another.</summary>
    public ReferenceExpression? WhenFalse { get; }

    /// <inheritdoc/>
    public string ValueExpression => IsConditional
        ? $"{{{_name}.connectionString}}"
        : string.Format(CultureInfo.InvariantCulture, Format, [.. ManifestExpressions]);

    IEnumerable<object> IValueWithReferences.References => IsConditional
        ? [Condition!, .. ReferencesOf(Condition), .. ReferencesOf(WhenTrue), .. ReferencesOf(WhenFalse)]
        : ValueProviders;

    /// <summary>Creates an expression from an interpolated string.</summary>
    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => handler.ToExpression();

    /// <summary>Creates a choice between two expressions.</summary>
    public static ReferenceExpression CreateConditional(
        IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse) =>
        new(condition, matchValue, whenTrue, whenFalse);

    /// <summary>Waits for the values and gets the text; null where the format is empty.</summary>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => GetValueAsync(new(), cancellationToken);

    /// <summary>Waits for the values as the caller sees them and gets the text; null where the format is empty.</summary>
    public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken) =>
        (await ValueResolver.ResolveTextAsync(this, (provider, token) => Plain(provider.GetValueAsync(context, token)), cancellationToken)).Value;

    /// <summary>What a part is itself made of.</summary>
    private static IEnumerable<object> ReferencesOf(object? part) => part is IValueWithReferences parts ? parts.References : [];

    private static async ValueTask<ResolvedValue> Plain(ValueTask<string?> value) => new(await value, IsSensitive: false);

    private static string NameOfChoice(IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse)
    {
        var expression = (condition as IManifestExpressionProvider)?.ValueExpression ?? condition.GetType().Name;
        var words = new string([.. expression.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')])
            .Split('-', StringSplitOptions.RemoveEmptyEntries);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Join('\0', expression, whenTrue.ValueExpression, whenFalse.ValueExpression, matchValue)));
        return $"cond-{string.Join('-', words)}-{Convert.ToHexStringLower(hash.AsSpan(0, 4))}";
    }

    /// <summary>Takes an interpolated string apart.</summary>
    [InterpolatedStringHandler]
    public ref struct ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        private readonly ReferenceExpressionParts _parts = new(literalLength, formattedCount);

        /// <summary>Appends text, each brace of which stands for itself.</summary>
        public readonly void AppendLiteral(string value) => _parts.AppendText(BraceEscaping.Escape(value));

        /// <summary>Appends a string, each brace of which stands for itself.</summary>
        public readonly void AppendFormatted(string? value) => AppendFormatted(value, format: null);

        /// <summary>Appends a string in a format.</summary>
        public readonly void AppendFormatted(string? value, string? format = null)
        {
            if (value is not null)
            {
                _parts.AppendText(BraceEscaping.Escape(ValueFormat.Apply(value, format)));
            }
        }

        /// <summary>Appends a value.</summary>
        public void AppendFormatted<T>(T valueProvider) where T : IValueProvider, IManifestExpressionProvider =>
            _parts.AppendValue(valueProvider, valueProvider, format: null);

        /// <summary>Refused: format the values of the inner expression instead.</summary>
        [Obsolete("ReferenceExpression instances can't be used in interpolated string with a custom format. Duplicate the inner expression in-place.", error: true)]
        public void AppendFormatted(ReferenceExpression valueProvider, string format) => throw new InvalidOperationException(
            "ReferenceExpression instances can't be used in interpolated string with a custom format. Duplicate the inner expression in-place.");

        /// <summary>Appends a value in a format.</summary>
        public void AppendFormatted<T>(T valueProvider, string? format = null) where T : IValueProvider, IManifestExpressionProvider =>
            _parts.AppendValue(valueProvider, valueProvider, format);

        /// <summary>Appends the value of a resource.</summary>
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider)
            where T : IResource, IValueProvider, IManifestExpressionProvider =>
            _parts.AppendValue(valueProvider.Resource, valueProvider.Resource, format: null);

        /// <summary>Appends the value of a resource in a format.</summary>
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format = null)
            where T : IResource, IValueProvider, IManifestExpressionProvider =>
            _parts.AppendValue(valueProvider.Resource, valueProvider.Resource, format);

        internal readonly ReferenceExpression ToExpression() => _parts.ToExpression();
    }
}
