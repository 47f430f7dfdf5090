using Amazon.DynamoDBv2;
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

    // One more try, each with an end: it is on this machine, and where it is not, somebody waits for the answer.
    private const int Retries = 1;
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    /// <summary>Where it listens: <c>http://127.0.0.1:PORT</c>.</summary>
    public string Address => address;

    public IAmazonSQS Sqs { get; } =
        new AmazonSQSClient(
            new BasicAWSCredentials(AccessKey, SecretKey),
            new AmazonSQSConfig
            {
                ServiceURL = address,
                AuthenticationRegion = AwsEmulator.Region,
                MaxErrorRetry = Retries,
                Timeout = s_timeout,
            }
        );

    public IAmazonS3 S3 { get; } =
        new AmazonS3Client(
            new BasicAWSCredentials(AccessKey, SecretKey),
            new AmazonS3Config
            {
                ServiceURL = address,
                AuthenticationRegion = AwsEmulator.Region,
                ForcePathStyle = true,
                MaxErrorRetry = Retries,
                Timeout = s_timeout,
            }
        );

    public IAmazonDynamoDB DynamoDb { get; } =
        new AmazonDynamoDBClient(
            new BasicAWSCredentials(AccessKey, SecretKey),
            new AmazonDynamoDBConfig
            {
                ServiceURL = address,
                AuthenticationRegion = AwsEmulator.Region,
                MaxErrorRetry = Retries,
                Timeout = s_timeout,
            }
        );

    /// <summary>Creates a queue, or gives one that there is the attributes.</summary>
    public async Task<(string Url, string Arn)> CreateQueueAsync(
        string name,
        Dictionary<string, string> attributes,
        CancellationToken cancellationToken
    )
    {
        string url;
        try
        {
            var request = new CreateQueueRequest { QueueName = name, Attributes = attributes };
            url = (await Sqs.CreateQueueAsync(request, cancellationToken)).QueueUrl;
        }
        catch (QueueNameExistsException)
        {
            // Kept from an earlier run, when the model said something else.
            url = (await Sqs.GetQueueUrlAsync(name, cancellationToken)).QueueUrl;
            await Sqs.SetQueueAttributesAsync(url, attributes, cancellationToken);
        }

        var answer = await Sqs.GetQueueAttributesAsync(url, [QueueAttributeName.QueueArn], cancellationToken);
        return (url, answer.QueueARN);
    }

    /// <summary>Creates a bucket, where there is none.</summary>
    public async Task CreateBucketAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await S3.PutBucketAsync(new PutBucketRequest { BucketName = name }, cancellationToken);
        }
        catch (BucketAlreadyOwnedByYouException)
        {
            // Kept from an earlier run.
        }
    }

    public void Dispose()
    {
        DynamoDb.Dispose();
        Sqs.Dispose();
        S3.Dispose();
    }
}
