using System.Text.Json;
using LocalAws.Sqs.Queues;

namespace LocalAws.Sqs;

/// <summary>One call as it came in, with what an answer needs to know of it.</summary>
internal sealed class SqsRequest(HttpContext http)
{
    /// <summary>The one account that there is.</summary>
    public const string Account = "000000000000";

    private const string DefaultRegion = "us-east-1";

    public CancellationToken Disconnected => http.RequestAborted;

    /// <summary>The address of a queue, at the host that the caller used.</summary>
    public string QueueUrl(string name) => $"{http.Request.Scheme}://{http.Request.Host}/{Account}/{name}";

    /// <summary>The queue's ARN in the region that the caller signed for.</summary>
    public string QueueArn(string name) => $"arn:aws:sqs:{Region()}:{Account}:{name}";

    /// <exception cref="SqsException">The body is not what the operation expects.</exception>
    public async Task<T> ReadAsync<T>(JsonSerializerOptions options)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(http.Request.Body, options, http.RequestAborted)
                ?? throw SqsException.Serialization("The request has no body.");
        }
        catch (JsonException exception)
        {
            throw SqsException.Serialization($"The request's body is not valid: {exception.Message}");
        }
    }

    // Authorization: AWS4-HMAC-SHA256 Credential=KEY/20261123/us-east-1/sqs/aws4_request, …
    private string Region()
    {
        var authorization = http.Request.Headers.Authorization.ToString();
        var start = authorization.IndexOf("Credential=", StringComparison.Ordinal);
        return start >= 0 && authorization[start..].Split('/') is [_, _, { Length: > 0 } region, ..] ? region : DefaultRegion;
    }
}

internal static class QueueUrls
{
    /// <summary>The queue at an address.</summary>
    /// <exception cref="SqsException">The address is missing, or no queue has it.</exception>
    public static MessageQueue At(this QueueDirectory queues, string? queueUrl)
    {
        if (string.IsNullOrEmpty(queueUrl))
            throw SqsException.MissingParameter("QueueUrl");
        return queues.Find(queueUrl[(queueUrl.LastIndexOf('/') + 1)..]) ?? throw SqsException.NonExistentQueue();
    }
}
