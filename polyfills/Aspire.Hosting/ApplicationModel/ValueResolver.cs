using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value and whether a secret is in it.</summary>
internal sealed record ResolvedValue(string? Value, bool IsSensitive);

/// <summary>Gets the values of expressions, and whether a secret parameter went into them.</summary>
internal static class ValueResolver
{
    /// <summary>Gets a value as the caller in <paramref name="context"/> sees it.</summary>
    public static async ValueTask<ResolvedValue> ResolveAsync(
        IValueProvider provider, ValueProviderContext context, CancellationToken cancellationToken)
    {
        switch (provider)
        {
            case ConnectionStringReference reference:
                var value = await ResolveAsync(reference.Resource, context, cancellationToken);
                return string.IsNullOrEmpty(value.Value) && !reference.Optional ? throw reference.Unavailable() : value;
            case ParameterResource parameter:
                return new(await parameter.GetValueAsync(context, cancellationToken), parameter.Secret);
            case IResourceWithConnectionString resource:
                return await ResolveAsync(resource.ConnectionStringExpression, context, cancellationToken);
            case ReferenceExpression expression:
                return await ResolveTextAsync(expression, (part, token) => ResolveAsync(part, context, token), cancellationToken);
            default:
                return new(await provider.GetValueAsync(context, cancellationToken), IsSensitive: false);
        }
    }

    /// <summary>Puts the text of an expression together from its values.</summary>
    public static async ValueTask<ResolvedValue> ResolveTextAsync(
        ReferenceExpression expression,
        Func<IValueProvider, CancellationToken, ValueTask<ResolvedValue>> resolve,
        CancellationToken cancellationToken)
    {
        if (expression.IsConditional)
        {
            var condition = await resolve(expression.Condition!, cancellationToken);
            var matches = string.Equals(condition.Value, expression.MatchValue, StringComparison.OrdinalIgnoreCase);
            return await resolve((matches ? expression.WhenTrue : expression.WhenFalse)!, cancellationToken);
        }

        if (expression.Format.Length == 0)
        {
            return new(null, IsSensitive: false);
        }

        var values = new object?[expression.ValueProviders.Count];
        var isSensitive = false;
        for (var i = 0; i < values.Length; i++)
        {
            var part = await resolve(expression.ValueProviders[i], cancellationToken);
            values[i] = part.Value is null ? null : ValueFormat.Apply(part.Value, expression.StringFormats[i]);
            isSensitive |= part.IsSensitive;
        }

        return new(string.Format(CultureInfo.InvariantCulture, expression.Format, values), isSensitive);
    }
}
