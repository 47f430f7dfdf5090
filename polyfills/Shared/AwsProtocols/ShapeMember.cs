#nullable enable

using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using Amazon;
using Amazon.Runtime.Internal;

namespace AwsProtocols;

/// <summary>A property of a request, a response or a shape within one, as the protocols see it.</summary>
internal sealed class ShapeMember
{
    private static readonly ConcurrentDictionary<Type, ShapeMember[]> Members = new();
    private static readonly ConcurrentDictionary<Type, bool> Sensitive = new();

    private readonly PropertyInfo _property;

    private ShapeMember(PropertyInfo property)
    {
        _property = property;
        var wireName = property.GetCustomAttribute<WireNameAttribute>()?.Name;
        Name = wireName ?? property.Name;
        CamelCaseName = wireName ?? char.ToLowerInvariant(property.Name[0]) + property.Name[1..];
        IsEpochMilliseconds = property.IsDefined(typeof(EpochMillisecondsAttribute));
        IsIdempotencyToken = property.IsDefined(typeof(IdempotencyTokenAttribute));
        IsSensitive = property.GetCustomAttribute<AWSPropertyAttribute>()?.Sensitive is true;
    }

    public string Name { get; }

    public string CamelCaseName { get; }

    public Type Type => _property.PropertyType;

    public bool IsEpochMilliseconds { get; }

    private bool IsIdempotencyToken { get; }

    private bool IsSensitive { get; }

    /// <summary>Only what the class itself declares: its base class is Core's, and nothing in that is on the wire.</summary>
    public static ShapeMember[] Of(Type shape) => Members.GetOrAdd(shape, static type =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(property => new ShapeMember(property))]);

    /// <summary>Whether a value of this type may hold what must not be logged.</summary>
    public static bool HoldsSensitive(Type shape)
    {
        if (Sensitive.TryGetValue(shape, out var known))
        {
            return known;
        }

        var seen = new HashSet<Type>();
        return Sensitive[shape] = Holds(shape);

        bool Holds(Type type) => type.IsGenericType
            ? type.GetGenericArguments().Any(Holds)
            : type.Assembly == typeof(ShapeMember).Assembly && seen.Add(type) && Of(type).Any(member => member.IsSensitive || Holds(member.Type));
    }

    /// <summary>The value to send, or null where there is none to send.</summary>
    public object? ValueToSend(object shape) => _property.GetValue(shape) switch
    {
        // Before version 4 a collection was never null; who asked for that back means an empty one as none.
        ICollection { Count: 0 } when AWSConfigs.InitializeCollections => null,
        null when IsIdempotencyToken => Guid.NewGuid().ToString(),
        var value => value,
    };

    public void Set(object shape, object? value) => _property.SetValue(shape, value);
}
