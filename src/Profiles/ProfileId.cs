using System.Diagnostics.CodeAnalysis;
using System.Globalization;
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
    private const int TimeDigits = 12;
    private const long LastMillisecond = 0xFFFF_FFFF_FFFF;

    private readonly string? _value;

    private ProfileId(string value) => _value = value;

    /// <summary>An id that nothing else has.</summary>
    public static ProfileId New(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return new ProfileId($"{PrefixOf(time.GetUtcNow())}{RandomNumberGenerator.GetHexString(Length - TimeDigits, lowercase: true)}");
    }

    /// <summary>When it was made, to the millisecond, by the clock of who made it.</summary>
    public DateTimeOffset Time =>
        DateTimeOffset.FromUnixTimeMilliseconds(
            LastMillisecond - long.Parse(ToString()[..TimeDigits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
        );

    /// <summary>What ids of this millisecond begin with; those of a later one are before it in order.</summary>
    public static string PrefixOf(DateTimeOffset time) => $"{LastMillisecond - time.ToUnixTimeMilliseconds():x12}";

    /// <inheritdoc />
    public static ProfileId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("A profile's id is 32 lowercase hexadecimal digits.");

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
        public override ProfileId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), null, out var id) ? id : throw new JsonException("This is not a profile's id.");

        public override void Write(Utf8JsonWriter writer, ProfileId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
