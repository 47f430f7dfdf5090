using System.Text.Json;
using Amazon.S3.Model;
using Profiles;
using Testing;

namespace Api.Tests.Faults;

/// <summary>The profile of a file of very many columns, about five kilobytes each.</summary>
internal static class WideProfile
{
    public static byte[] Json(int columns)
    {
        var column = new ColumnProfile
        {
            Name = "a column of a wide file",
            Type = ColumnType.Text,
            Count = 10,
            Nulls = 0,
            Min = new string('a', 256),
            Max = new string('z', 256),
            Distinct = 10,
            DistinctIsExact = true,
            MostFrequent = [.. Enumerable.Range(0, 16).Select(i => new FrequentValue(new string((char)('a' + i), 256), 1, IsExact: true))],
        };
        return JsonSerializer.SerializeToUtf8Bytes(
            new Profile
            {
                Rows = 10,
                Bytes = 1000,
                Columns = [.. Enumerable.Repeat(column, columns)],
            },
            ProfilesJson.Default.Profile
        );
    }

    public static Task PutAsync(AwsEmulator aws, string bucket, ProfileId id, int columns) =>
        aws.S3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket,
                Key = $"profiles/{id}/profile.json",
                InputStream = new MemoryStream(Json(columns)),
            }
        );
}
