using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Hosting.Fargate;

/// <summary>The emulator as the SDK sees it.</summary>
internal sealed class EmulatedAws(string address) : IDisposable
{
    internal const string AccessKey = "local";
    internal const string SecretKey = "local";

    private readonly AmazonSQSClient _sqs = new(
        new BasicAWSCredentials(AccessKey, SecretKey),
        new AmazonSQSConfig { ServiceURL = address, AuthenticationRegion = AwsEmulator.Region });

    private readonly AmazonS3Client _s3 = new(
        new BasicAWSCredentials(AccessKey, SecretKey),
        new AmazonS3Config { ServiceURL = address, AuthenticationRegion = AwsEmulator.Region, ForcePathStyle = true });

    /// <summary>Creates a queue, or gives one that there is the attributes.</summary>
    public async Task<(string Url, string Arn)> CreateQueueAsync(
        string name, Dictionary<string, string> attributes, CancellationToken cancellationToken)
    {
        string url;
        try
        {
            url = (await _sqs.CreateQueueAsync(new CreateQueueRequest { QueueName = name, Attributes = attributes }, cancellationToken)).QueueUrl;
        }
        catch (QueueNameExistsException)
        {
            // Kept from an earlier run, when the model said something else.
            url = (await _sqs.GetQueueUrlAsync(name, cancellationToken)).QueueUrl;
            await _sqs.SetQueueAttributesAsync(url, attributes, cancellationToken);
        }

        var answer = await _sqs.GetQueueAttributesAsync(url, [QueueAttributeName.QueueArn], cancellationToken);
        return (url, answer.QueueARN);
    }

    /// <summary>Creates a bucket, where there is none.</summary>
    public async Task CreateBucketAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await _s3.PutBucketAsync(new PutBucketRequest { BucketName = name }, cancellationToken);
        }
        catch (BucketAlreadyOwnedByYouException)
        {
            // Kept from an earlier run.
        }
    }

    public void Dispose()
    {
        _sqs.Dispose();
        _s3.Dispose();
    }
}
