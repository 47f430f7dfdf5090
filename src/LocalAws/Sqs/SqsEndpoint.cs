using System.Text.Json;

namespace LocalAws.Sqs;

/// <summary>SQS over the AWS JSON 1.0 protocol: the header <c>X-Amz-Target</c> names the operation.</summary>
internal sealed partial class SqsEndpoint(IEnumerable<SqsOperation> operations, ILogger<SqsEndpoint> logger)
{
    private const string Target = "X-Amz-Target";
    private const string Service = "AmazonSQS.";

    private readonly Dictionary<string, SqsOperation> _operations = operations.ToDictionary(operation => operation.Name);

    /// <summary>Whether a request is for SQS, or for another service that is called like it.</summary>
    public static bool Handles(HttpRequest request) => request.Headers.ContainsKey(Target) || IsQueryProtocol(request);

    public async Task InvokeAsync(HttpContext http)
    {
        http.Response.Headers["x-amzn-RequestId"] = Guid.NewGuid().ToString();
        http.Response.ContentType = "application/x-amz-json-1.0";
        try
        {
            var output = await Find(http.Request).InvokeAsync(new SqsRequest(http));
            await JsonSerializer.SerializeAsync(http.Response.Body, output, SqsJson.Options, http.RequestAborted);
        }
        catch (SqsException exception)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await WriteErrorAsync(http, exception, "Sender");
        }
        catch (Exception exception) when (http.RequestAborted.IsCancellationRequested || exception is BadHttpRequestException)
        {
            // The caller has gone, or sent half of a request; nobody is left to answer.
            http.Abort();
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            Failed(logger, http.Request.Headers[Target].ToString(), exception);
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            await WriteErrorAsync(http, SqsException.InternalFailure(), "Receiver");
        }
    }

    private SqsOperation Find(HttpRequest request)
    {
        if (IsQueryProtocol(request))
            throw SqsException.UnsupportedOperation(
                "LocalAws speaks SQS's JSON protocol, not the older query protocol: use an SDK from 2024 or later."
            );
        var target = request.Headers[Target].ToString();
        return target.StartsWith(Service, StringComparison.Ordinal) && _operations.TryGetValue(target[Service.Length..], out var operation)
            ? operation
            : throw SqsException.UnknownOperation(target);
    }

    // It posts forms to the service or to a queue.
    private static bool IsQueryProtocol(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
        && (request.Path == "/" || request.Path.StartsWithSegments($"/{SqsRequest.Account}"))
        && request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;

    private static Task WriteErrorAsync(HttpContext http, SqsException exception, string fault)
    {
        http.Response.Headers["x-amzn-query-error"] = $"{exception.QueryCode};{fault}";
        var body = new Dictionary<string, string> { ["__type"] = exception.Shape, ["message"] = exception.Message };
        return JsonSerializer.SerializeAsync(http.Response.Body, body, SqsJson.Options, http.RequestAborted);
    }

    [LoggerMessage(LogLevel.Error, "{Target} failed")]
    private static partial void Failed(ILogger logger, string target, Exception exception);
}
