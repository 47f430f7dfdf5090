using System.Net.Http.Json;
using System.Text.Json;
using OpenTelemetry;

namespace Aws.Ecs.Tasks;

/// <summary>
/// The agent's endpoint: <c>PUT $ECS_AGENT_URI/task-protection/v1/state</c>.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection-endpoint.html
/// </summary>
internal sealed class TaskProtectionAgent(Uri agent) : IDisposable
{
    private readonly Uri _state = new($"{agent.AbsoluteUri.TrimEnd('/')}/task-protection/v1/state");

    // On the task's own link: no proxy, no retries of the defaults.
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>Sets the protection.</summary>
    /// <exception cref="HttpRequestException">The agent refused it or was not reached; the message says why.</exception>
    public async Task PutAsync(bool isProtected, TimeSpan expiresAfter)
    {
        using var suppressed = SuppressInstrumentationScope.Begin();
        object state = isProtected
            ? new { ProtectionEnabled = true, ExpiresInMinutes = (int)Math.Ceiling(expiresAfter.TotalMinutes) }
            : new { ProtectionEnabled = false };
        // Names as they are, and a length: not every agent takes chunks.
        using var content = JsonContent.Create(state, options: JsonSerializerOptions.Default);
        await content.LoadIntoBufferAsync().ConfigureAwait(false);
        using var response = await _client.PutAsync(_state, content).ConfigureAwait(false);
        var answer = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        if (!response.IsSuccessStatusCode || Failure(answer) is not null)
        {
            throw new HttpRequestException($"{(int)response.StatusCode} {Failure(answer) ?? answer}".TrimEnd());
        }
    }

    public void Dispose() => _client.Dispose();

    // A refusal may come with status 200, as `failure`; errors of the API itself are an `error`.
    private static string? Failure(string answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            return
                document.RootElement.TryGetProperty("failure", out var failure) || document.RootElement.TryGetProperty("error", out failure)
                ? failure.ToString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
