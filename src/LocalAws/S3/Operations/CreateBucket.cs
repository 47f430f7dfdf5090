using LocalAws.S3.Objects;
using LocalAws.S3.Protocol;

namespace LocalAws.S3.Operations;

internal sealed class CreateBucket(BucketStore buckets) : S3Operation
{
    private const string DefaultRegion = "us-east-1";
    private const int MinimumNameLength = 3;
    private const int MaximumNameLength = 63;

    public override S3Route Route { get; } = new(HttpMethods.Put, S3Scope.Bucket);

    public override async Task InvokeAsync(S3Request request)
    {
        if (!IsValidName(request.Bucket))
            throw S3Exception.InvalidBucketName(request.Bucket);
        var region = DefaultRegion;
        if (request.Http.Request.ContentLength is > 0)
        {
            var configuration = await SmallBody.ReadXmlAsync(request, "CreateBucketConfiguration", ChecksumAlgorithm.DeclaredBy(request));
            region = configuration.Element("LocationConstraint")?.Value is { Length: > 0 } location ? location : DefaultRegion;
        }
        await buckets.CreateAsync(request.Bucket, region);
        request.Response.Headers.Location = $"/{request.Bucket}";
    }

    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
    private static bool IsValidName(string name) =>
        name.Length is >= MinimumNameLength and <= MaximumNameLength
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.')
        && char.IsAsciiLetterOrDigit(name[0])
        && char.IsAsciiLetterOrDigit(name[^1])
        && !name.Contains("..", StringComparison.Ordinal)
        && !System.Net.IPAddress.TryParse(name, out _);
}
