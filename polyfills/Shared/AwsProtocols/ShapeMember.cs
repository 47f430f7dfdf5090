#nullable enable

using System.Collections.Concurrent;
using System.Reflection;

namespace AwsProtocols;

/// <summary>A property of a request, a response or a shape within one, as the protocols see it.</summary>
internal sealed class ShapeMember
{
    private static readonly ConcurrentDictionary<Type, ShapeMember[]> Members = new();

    private readonly PropertyInfo _property;

    private ShapeMember(PropertyInfo property)
    {
        _property = property;
        Name = property.Name;
        CamelCaseName = char.ToLowerInvariant(Name[0]) + Name[1..];
        IsIdempotencyToken = property.IsDefined(typeof(IdempotencyTokenAttribute));
    }

    public string Name { get; }

    public string CamelCaseName { get; }

    public Type Type => _property.PropertyType;

    private bool IsIdempotencyToken { get; }

    /// <summary>Only what the class itself declares: its base class is Core's, and nothing in that is on the wire.</summary>
    public static ShapeMember[] Of(Type shape) =>
        Members.GetOrAdd(shape, static type =>
            [
                .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                    .Select(property => new ShapeMember(property)),
            ]
        );

    /// <summary>The value to send, or null where there is none to send.</summary>
    public object? ValueToSend(object shape) => _property.GetValue(shape) ?? (IsIdempotencyToken ? Guid.NewGuid().ToString() : null);

    public void Set(object shape, object? value) => _property.SetValue(shape, value);
}
