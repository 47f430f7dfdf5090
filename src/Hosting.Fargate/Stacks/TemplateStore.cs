using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Aws.CloudFormation;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Composing;

namespace Hosting.Fargate.Stacks;

/// <summary>
/// Gives templates to CloudFormation: in the call where they are small, by the foundation's bucket where they are not. What goes there is
/// put once it is needed.
/// </summary>
internal sealed class TemplateStore(AwsClients aws, AwsAccount account)
{
    /// <summary>A template in the call, if it has a place there.</summary>
    public static bool IsSmall(TemplateMap template) => TemplateJson.Write(template).Length <= TemplateSet.MaxInlineBytes;

    /// <param name="template">The template.</param>
    /// <param name="bucket">The bucket for what does not go in a call; null where there is none.</param>
    public TemplateSource Source(TemplateMap template, string? bucket)
    {
        var json = TemplateJson.Write(template);
        var text = Encoding.UTF8.GetString(json);
        return json.Length <= TemplateSet.MaxInlineBytes || bucket is null
            ? new TemplateSource(text, null)
            : new TemplateSource(text, AddressOf(bucket, $"{Convert.ToHexStringLower(SHA256.HashData(json))}.template.json"));
    }

    /// <summary>A template of a nested stack, where the application's template looks for it.</summary>
    public TemplateSource Nested(Template template, string bucket) =>
        new(Encoding.UTF8.GetString(TemplateJson.Write(template)), AddressOf(bucket, NestedStacks.KeyOf(template)));

    /// <summary>Puts what CloudFormation is to find by its address.</summary>
    public Task PutAsync(IEnumerable<TemplateSource> templates, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            templates.Where(template => template.Address is not null),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken },
            async (template, token) => await PutAsync(template.Address!, Encoding.UTF8.GetBytes(template.Text), token)
        );

    private TemplateAddress AddressOf(string bucket, string key) =>
        new(bucket, key, $"https://{bucket}.s3.{account.Region}.{UrlSuffix}/{key}");

    private string UrlSuffix => account.Partition == "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";

    /// <summary>
    /// The key is made from the content: what is there is right. The bucket is this account's or the call fails, whoever may have made one
    /// of that name meanwhile:
    /// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html.
    /// </summary>
    private async Task PutAsync(TemplateAddress address, byte[] content, CancellationToken cancellationToken)
    {
        try
        {
            await aws.S3.GetObjectMetadataAsync(
                new GetObjectMetadataRequest
                {
                    BucketName = address.Bucket,
                    Key = address.Key,
                    ExpectedBucketOwner = account.Id,
                },
                cancellationToken
            );
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
        {
            using var stream = new MemoryStream(content);
            await aws.S3.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = address.Bucket,
                    Key = address.Key,
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
