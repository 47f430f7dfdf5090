using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting
{
    /// <summary>A command that sends a request to an endpoint.</summary>
    internal sealed class HttpCommand(EndpointReference endpoint, string path, HttpMethod method, HttpCommandOptions options)
    {
        public async Task<ExecuteCommandResult> ExecuteAsync(ExecuteCommandContext context)
        {
            if (!endpoint.IsAllocated)
            {
                return CommandResults.Failure("Endpoints are not yet allocated.");
            }

            var client = context.Services.GetRequiredService<IHttpClientFactory>().CreateClient(options.HttpClientName ?? Options.DefaultName);
            if (options.HttpClientName is null)
            {
                // The user can cancel a command, so it may take as long as it takes.
                client.Timeout = Timeout.InfiniteTimeSpan;
            }

            try
            {
                using var request = new HttpRequestMessage(method, new Uri(new Uri(endpoint.Url), path));
                if (options.PrepareRequest is { } prepare)
                {
                    await prepare(new()
                    {
                        Services = context.Services,
                        ResourceName = context.ResourceName,
                        Endpoint = endpoint,
                        CancellationToken = context.CancellationToken,
                        HttpClient = client,
                        Request = request,
                    });
                }

                using var response = await client.SendAsync(request, context.CancellationToken);
                return options.GetCommandResult is { } getResult
                    ? await getResult(new()
                    {
                        Services = context.Services,
                        ResourceName = context.ResourceName,
                        Endpoint = endpoint,
                        CancellationToken = context.CancellationToken,
                        HttpClient = client,
                        Response = response,
                    })
                    : await ResultOfAsync(response, context.CancellationToken);
            }
            catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
            {
                return CommandResults.Canceled();
            }
            catch (Exception exception)
            {
                return CommandResults.Failure(exception);
            }
        }

        private async Task<ExecuteCommandResult> ResultOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
        {
            var failure = response.IsSuccessStatusCode ? null : $"Request failed with status code {response.StatusCode}";
            var body = FormatOf(response) is null ? "" : await response.Content.ReadAsStringAsync(cancellationToken);
            if (body.Length == 0)
            {
                return failure is null ? CommandResults.Success() : CommandResults.Failure(failure);
            }

            var data = new CommandResultData { Value = body, Format = FormatOf(response)!.Value };
            return new() { Success = failure is null, Message = failure, Data = data };
        }

        private CommandResultFormat? FormatOf(HttpResponseMessage response)
        {
            var type = response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant() ?? "";
            return options.ResultMode switch
            {
                HttpCommandResultMode.Json => CommandResultFormat.Json,
                HttpCommandResultMode.Text => CommandResultFormat.Text,
                HttpCommandResultMode.Auto when type == "application/json" || type.EndsWith("+json", StringComparison.Ordinal) => CommandResultFormat.Json,
                HttpCommandResultMode.Auto when type.StartsWith("text/", StringComparison.Ordinal) || type == "application/xml"
                    || type.EndsWith("+xml", StringComparison.Ordinal) => CommandResultFormat.Text,
                _ => null,
            };
        }
    }
}

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>What of a response becomes the value of a command.</summary>
    public enum HttpCommandResultMode
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>The body, as its content type says, if it is text.</summary>
        Auto,

        /// <summary>The body as JSON.</summary>
        Json,

        /// <summary>The body as text.</summary>
        Text,
    }

    /// <summary>How a command that sends a request looks and works.</summary>
    public class HttpCommandOptions : CommandOptions
    {
        /// <summary>Chooses the endpoint.</summary>
        public Func<EndpointReference>? EndpointSelector { get; set; }

        /// <summary>The name of the client to use; one without a timeout where null.</summary>
        public string? HttpClientName { get; set; }

        /// <summary>The method; POST where null.</summary>
        public HttpMethod? Method { get; set; }

        /// <summary>Changes the request before it is sent.</summary>
        public Func<HttpCommandRequestContext, Task>? PrepareRequest { get; set; }

        /// <summary>Says what came of the command.</summary>
        public Func<HttpCommandResultContext, Task<ExecuteCommandResult>>? GetCommandResult { get; set; }

        /// <summary>What of the response becomes the command's value.</summary>
        public HttpCommandResultMode ResultMode { get; set; }
    }

    /// <summary>A request before it is sent.</summary>
    public sealed class HttpCommandRequestContext
    {
        /// <summary>The application's services.</summary>
        public required IServiceProvider Services { get; init; }

        /// <summary>The name of the resource, or of one replica of it.</summary>
        public required string ResourceName { get; init; }

        /// <summary>The endpoint it goes to.</summary>
        public required EndpointReference Endpoint { get; init; }

        /// <summary>Cancels the command.</summary>
        public required CancellationToken CancellationToken { get; init; }

        /// <summary>What sends it.</summary>
        public required HttpClient HttpClient { get; init; }

        /// <summary>The request.</summary>
        public required HttpRequestMessage Request { get; init; }
    }

    /// <summary>A response.</summary>
    public sealed class HttpCommandResultContext
    {
        /// <summary>The application's services.</summary>
        public required IServiceProvider Services { get; init; }

        /// <summary>The name of the resource, or of one replica of it.</summary>
        public required string ResourceName { get; init; }

        /// <summary>The endpoint it comes from.</summary>
        public required EndpointReference Endpoint { get; init; }

        /// <summary>Cancels the command.</summary>
        public required CancellationToken CancellationToken { get; init; }

        /// <summary>What sent the request.</summary>
        public required HttpClient HttpClient { get; init; }

        /// <summary>The response.</summary>
        public required HttpResponseMessage Response { get; init; }
    }
}
