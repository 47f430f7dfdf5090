using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Aws.CloudFormation;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Composing;

namespace Hosting.Fargate.Stacks;

/// <summary>Gives templates to CloudFormation: in the call where they are small, by the foundation's bucket where they are not.</summary>
internal sealed class TemplateStore(IAmazonS3 s3, AwsAccount account)
{
    /// <summary>A template in the call, if it has a place there.</summary>
    public static bool IsSmall(TemplateMap template) => TemplateJson.Write(template).Length <= TemplateSet.MaxInlineBytes;

    /// <param name="template">The template.</param>
    /// <param name="bucket">The bucket for what does not go in a call; null where there is none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<TemplateSource> SourceAsync(TemplateMap template, string? bucket, CancellationToken cancellationToken)
    {
        var json = TemplateJson.Write(template);
        var text = Encoding.UTF8.GetString(json);
        if (json.Length <= TemplateSet.MaxInlineBytes || bucket is null)
        {
            return new TemplateSource(text, null);
        }

        var key = $"{Convert.ToHexStringLower(SHA256.HashData(json))}.template.json";
        await PutAsync(bucket, key, json, cancellationToken);
        return new TemplateSource(text, $"https://{bucket}.s3.{account.Region}.{UrlSuffix}/{key}");
    }

    /// <summary>Puts the templates of nested stacks where the application's template looks for them.</summary>
    public Task PutNestedAsync(IEnumerable<Template> templates, string bucket, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            templates,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken },
            async (template, token) => await PutAsync(bucket, NestedStacks.KeyOf(template), TemplateJson.Write(template), token)
        );

    private string UrlSuffix => account.Partition == "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";

    /// <summary>
    /// The key is made from the content: what is there is right. The bucket is this account's or the call fails, whoever may have made one
    /// of that name meanwhile:
    /// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html.
    /// </summary>
    private async Task PutAsync(string bucket, string key, byte[] content, CancellationToken cancellationToken)
    {
        try
        {
            await s3.GetObjectMetadataAsync(
                new GetObjectMetadataRequest
                {
                    BucketName = bucket,
                    Key = key,
                    ExpectedBucketOwner = account.Id,
                },
                cancellationToken
            );
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
        {
            using var stream = new MemoryStream(content);
            await s3.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = bucket,
                    Key = key,
                    InputStream = stream,
                    ContentType = "application/json",
                    AutoCloseStream = false,
                    ExpectedBucketOwner = account.Id,
                },
                cancellationToken
            );
        }
    }
}
