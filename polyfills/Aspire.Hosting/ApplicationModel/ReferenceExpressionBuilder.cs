using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Builds a reference expression piece by piece. Text goes in as a composite format: a brace is written twice.</summary>
public class ReferenceExpressionBuilder
{
    private readonly ReferenceExpressionParts _parts = new();

    /// <summary>Whether nothing was appended.</summary>
    public bool IsEmpty => _parts.IsEmpty;

    /// <summary>Appends an interpolated string.</summary>
    public void Append([InterpolatedStringHandlerArgument("")] in ReferenceExpressionBuilderInterpolatedStringHandler handler)
    {
        // The handler has written to this builder while the compiler took the string apart.
    }

    /// <summary>Appends text.</summary>
    public void AppendLiteral(string value) => _parts.AppendText(value);

    /// <summary>Appends a string.</summary>
    public void AppendFormatted(string? value) => _parts.AppendText(value);

    /// <summary>Appends a string in a format.</summary>
    public void AppendFormatted(string? value, string? format = null) =>
        _parts.AppendText(value is null ? null : ValueFormat.Apply(value, format));

    /// <summary>Appends a value.</summary>
    public void AppendFormatted<T>(T valueProvider) where T : IValueProvider, IManifestExpressionProvider =>
        _parts.AppendValue(valueProvider, valueProvider, format: null);

    /// <summary>Refused: format the values of the inner expression instead.</summary>
    [Obsolete("ReferenceExpression instances can't be used in interpolated string with a custom format. Duplicate the inner expression in-place.", error: true)]
    public void AppendFormatted(ReferenceExpression valueProvider, string format) => throw new InvalidOperationException(
        "ReferenceExpression instances can't be used in interpolated string with a custom format. Duplicate the inner expression in-place.");

    /// <summary>Appends a value in a format.</summary>
    public void AppendFormatted<T>(T valueProvider, string? format) where T : IValueProvider, IManifestExpressionProvider =>
        _parts.AppendValue(valueProvider, valueProvider, format);

    /// <summary>Appends a value, or a builder of a resource that has one.</summary>
    /// <exception cref="ArgumentException">It has no value, or no expression for it.</exception>
    public void AppendValueProvider(object valueProvider, string? format = null)
    {
        var value = valueProvider is IResourceBuilder<IResource> builder ? builder.Resource : valueProvider;
        _parts.AppendValue(
            value as IValueProvider ?? throw new ArgumentException("Object must implement IValueProvider", nameof(valueProvider)),
            value as IManifestExpressionProvider
                ?? throw new ArgumentException("Object must implement IManifestExpressionProvider", nameof(valueProvider)),
            format);
    }

    /// <summary>Builds the expression.</summary>
    public ReferenceExpression Build() => _parts.ToExpression();

    /// <summary>Takes an interpolated string apart into a builder.</summary>
    [InterpolatedStringHandler]
#pragma warning disable CS9113 // The compiler passes the two lengths to every handler.
    public ref struct ReferenceExpressionBuilderInterpolatedStringHandler(int literalLength, int formattedCount, ReferenceExpressionBuilder builder)
#pragma warning restore CS9113
    {
        /// <summary>Appends text.</summary>
        public readonly void AppendLiteral(string value) => builder.AppendLiteral(value);

        /// <summary>Appends a string.</summary>
        public readonly void AppendFormatted(string? value) => builder.AppendFormatted(value);

        /// <summary>Appends a string in a format.</summary>
        public void AppendFormatted(string? value, string format) => builder.AppendFormatted(value, format);

        /// <summary>Refused: format the values of the inner expression instead.</summary>
        [Obsolete("ReferenceExpression instances can't be used in interpolated string with a custom format. Duplicate the inner expression in-place.", error: true)]
        public void AppendFormatted(ReferenceExpression valueProvider, string format) => throw new InvalidOperationException(
            "ReferenceExpression instances can't be used in interpolated string with a custom format. Duplicate the inner expression in-place.");

        /// <summary>Appends a value.</summary>
        public void AppendFormatted<T>(T valueProvider) where T : IValueProvider, IManifestExpressionProvider =>
            builder.AppendFormatted(valueProvider, format: null);

        /// <summary>Appends a value in a format.</summary>
        public void AppendFormatted<T>(T valueProvider, string? format) where T : IValueProvider, IManifestExpressionProvider =>
            builder.AppendFormatted(valueProvider, format);

        /// <summary>Appends the value of a resource.</summary>
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider)
            where T : IResource, IValueProvider, IManifestExpressionProvider =>
            builder.AppendFormatted(valueProvider.Resource, format: null);

        /// <summary>Appends the value of a resource in a format.</summary>
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format)
            where T : IResource, IValueProvider, IManifestExpressionProvider =>
            builder.AppendFormatted(valueProvider.Resource, format);
    }
}
