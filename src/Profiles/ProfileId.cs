using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Profiles;

/// <summary>
/// Names one profile: 32 lowercase hexadecimal digits. The first twelve count the milliseconds down, so that a bucket, which lists keys in
/// ascending order, lists the newest profile first; the other twenty are random, so that an id cannot be guessed.
/// </summary>
[JsonConverter(typeof(ProfileIdJsonConverter))]
public readonly record struct ProfileId : IParsable<ProfileId>
{
    private const int Length = 32;
    private const long LastMillisecond = 0xFFFF_FFFF_FFFF;

    private readonly string? _value;

    private ProfileId(string value) => _value = value;

    /// <summary>An id that nothing else has.</summary>
    public static ProfileId New(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var countdown = LastMillisecond - time.GetUtcNow().ToUnixTimeMilliseconds();
        return new ProfileId($"{countdown:x12}{RandomNumberGenerator.GetHexString(Length - 12, lowercase: true)}");
    }

    /// <inheritdoc />
    public static ProfileId Parse(string s, IFormatProvider? provider = null)
        => TryParse(s, provider, out var id) ? id : throw new FormatException("A profile's id is 32 lowercase hexadecimal digits.");

    /// <summary>Takes the exact form that <see cref="New"/> gives and nothing else, so that an id is safe as a part of a key.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ProfileId result)
    {
        var valid = s is { Length: Length } && s.All(c => char.IsAsciiHexDigitLower(c));
        result = valid ? new ProfileId(s!) : default;
        return valid;
    }

    /// <inheritdoc />
    public override string ToString() => _value ?? throw new InvalidOperationException("This profile id was never given a value.");

    internal sealed class ProfileIdJsonConverter : JsonConverter<ProfileId>
    {
        public override ProfileId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => TryParse(reader.GetString(), null, out var id) ? id : throw new JsonException("This is not a profile's id.");

        public override void Write(Utf8JsonWriter writer, ProfileId value, JsonSerializerOptions options)
            => writer.WriteStringValue(value.ToString());
    }
}
