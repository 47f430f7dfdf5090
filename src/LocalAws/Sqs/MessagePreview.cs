using System.Text.Json;
using LocalAws.Sqs.Queues;

namespace LocalAws.Sqs;

/// <summary>
/// The messages of a queue without receiving them, for a person who looks: <c>GET /_localaws/queues/NAME/messages</c>. SQS itself has
/// nothing like it, and each look by ReceiveMessage would bring a message nearer to the dead-letter queue.
/// </summary>
internal sealed class MessagePreview(QueueDirectory queues)
{
    /// <summary>The oldest of them; more are not for reading.</summary>
    public const int Maximum = 100;

    // No bucket's name begins with an underscore.
    private static readonly PathString s_prefix = "/_localaws/queues";

    public static bool Handles(HttpRequest request) => HttpMethods.IsGet(request.Method) && request.Path.StartsWithSegments(s_prefix);

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.Request.Path.Value?.Split('/') is not [_, _, _, var name, "messages"] || queues.Find(name) is not { } queue)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Response.ContentType = "application/json";
        var messages = queue.Preview(Maximum).Select(Describe);
        await JsonSerializer.SerializeAsync(http.Response.Body, messages, SqsJson.Options, http.RequestAborted);
    }

    private static object Describe(MessageView message) =>
        new
        {
            message.MessageId,
            message.Body,
            SentAt = DateTimeOffset.FromUnixTimeMilliseconds(message.SentAt),
            message.ReceiveCount,
            State = message.State.ToString(),
        };
}
