using System.Buffers;
using System.Text.Json;
using Profiles;

namespace Api.Reading;

/// <summary>As much of a stored profile as a page shows. The whole may be larger than memory should hold.</summary>
/// <param name="Profile">The profile with its first columns.</param>
/// <param name="ColumnCount">How many columns it has, as far as was read.</param>
/// <param name="IsWhole">Whether it was read to its end.</param>
internal sealed record ProfileHead(Profile Profile, int ColumnCount, bool IsWhole)
{
    /// <summary>A page of ten thousand columns is of use to nobody.</summary>
    public const int MaxColumns = 250;

    private const int MaxBytes = 1 << 20;

    private static ReadOnlySpan<byte> Closing => "]}"u8;

    public static async Task<ProfileHead> ReadAsync(StoredContent content, CancellationToken cancellationToken)
    {
        var length = (int)Math.Min(content.Length, MaxBytes);
        var bytes = ArrayPool<byte>.Shared.Rent(length + Closing.Length);
        try
        {
            await content.Stream.ReadExactlyAsync(bytes.AsMemory(0, length), cancellationToken);
            return Parse(bytes, length, isWhole: length == content.Length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>Reads JSON that may end anywhere within its columns.</summary>
    /// <param name="bytes">The JSON, and room for what closes it; what is not shown is overwritten.</param>
    /// <param name="length">How much of it is JSON.</param>
    /// <param name="isWhole">Whether that is all there is.</param>
    /// <exception cref="JsonException">It is no profile, or ends before its columns.</exception>
    internal static ProfileHead Parse(Span<byte> bytes, int length, bool isWhole)
    {
        var json = bytes[..length];
        var reader = new Utf8JsonReader(json, isWhole, state: default);
        while (
            reader.Read()
            && !(reader.CurrentDepth is 1 && reader.TokenType is JsonTokenType.PropertyName && reader.ValueTextEquals("columns"))
        ) { }

        reader.Read();
        var (count, end) = (0, (int)reader.BytesConsumed);
        bool hasColumn;
        while ((hasColumn = reader.Read()) && reader.TokenType is JsonTokenType.StartObject && reader.TrySkip())
        {
            if (++count <= MaxColumns)
                end = (int)reader.BytesConsumed;
        }

        // What follows the columns, where it was read; else what closes them.
        var rest = isWhole && hasColumn && reader.TokenType is JsonTokenType.EndArray ? json[(int)reader.TokenStartIndex..] : Closing;
        rest.CopyTo(bytes[end..]);
        var profile = JsonSerializer.Deserialize(bytes[..(end + rest.Length)], ProfilesJson.Default.Profile)
            ?? throw new JsonException("A stored profile holds no value.");
        return new ProfileHead(profile, count, isWhole);
    }
}
