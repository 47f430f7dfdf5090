#nullable enable

namespace AwsProtocols;

/// <summary>What a member is called on the wire, or an exception's error code, where the class does not say it by its own name.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class, Inherited = false)]
internal sealed class WireNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>A time that the service counts in milliseconds since 1970; its model calls it a long.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EpochMillisecondsAttribute : Attribute;

/// <summary>A token that makes a request repeatable: the client makes one up where the caller gave none.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IdempotencyTokenAttribute : Attribute;
