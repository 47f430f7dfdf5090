#nullable enable

namespace AwsProtocols;

/// <summary>The error code of an exception that is not named after it.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class WireNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>A token that makes a request repeatable: the client makes one up where the caller gave none.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IdempotencyTokenAttribute : Attribute;
