using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.ECR;
using Amazon.Runtime;

namespace Hosting.Fargate.Tests.Images;

/// <summary>
/// Amazon ECR as deploy sees it, on one port: the API for repositories, and in front of a real registry what ECR does that it does not, a
/// password and tags that do not move.
/// </summary>
internal sealed class TestEcr : IAsyncDisposable
{
    private readonly RegistryProcess _registry;
    private readonly HttpListener _listener = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly Task _serving;

    private TestEcr(RegistryProcess registry)
    {
        _registry = registry;
        var port = RegistryProcess.FreePort();
        Host = $"localhost:{port}";
        _listener.Prefixes.Add($"http://{Host}/");
        _listener.Start();
        _serving = ServeAsync();
        Client = new AmazonECRClient(
            new BasicAWSCredentials("AKIDEXAMPLE", "not-a-real-secret"),
            new AmazonECRConfig
            {
                ServiceURL = $"http://{Host}",
                AuthenticationRegion = "eu-west-1",
                MaxErrorRetry = 0,
            }
        );
    }

    /// <summary>Where images go: <c>localhost:PORT</c>.</summary>
    public string Host { get; }

    /// <summary>What its token holds, which nothing else on the machine does.</summary>
    public string Password { get; } = $"not-a-real-password-{Guid.NewGuid():N}";

    public AmazonECRClient Client { get; }

    public ConcurrentDictionary<string, byte> Repositories { get; } = new();

    /// <summary>Bodies of blobs that came, without those that were there already.</summary>
    public ConcurrentBag<long> Uploads { get; } = [];

    /// <summary>Manifests that were put under a tag.</summary>
    public ConcurrentQueue<string> TagsPut { get; } = new();

    /// <summary>Called with repository and tag before a manifest is put.</summary>
    public Func<string, string, Task>? BeforePut { get; set; }

    /// <summary>What the registry answers in place of what it would, by method and path; null leaves a request as it is.</summary>
    public Func<string, string, int?>? Fault { get; set; }

    /// <summary>Called with each call to the API.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    public static async Task<TestEcr> StartAsync() => new(await RegistryProcess.StartAsync());

    /// <summary>The registry itself, past what stands before it.</summary>
    public Uri Direct(string path) => new(_registry.Address, path);

    public async Task<string?> DigestAsync(string repository, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, Direct($"/v2/{repository}/manifests/{tag}"));
        request.Headers.Accept.ParseAdd("application/vnd.docker.distribution.manifest.v2+json");
        request.Headers.Accept.ParseAdd("application/vnd.oci.image.manifest.v1+json");
        using var response = await _http.SendAsync(request);
        return response.IsSuccessStatusCode ? response.Headers.GetValues("Docker-Content-Digest").Single() : null;
    }

    public async ValueTask DisposeAsync()
    {
        // Not stopped before: then closing takes the port once more, which another test may have by now.
        _listener.Close();
        await _serving;
        Client.Dispose();
        _http.Dispose();
        await _registry.DisposeAsync();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = AnswerAsync(context);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            if (context.Request.Headers["X-Amz-Target"] is { } target)
            {
                var request = (await JsonNode.ParseAsync(context.Request.InputStream))!;
                var (status, answer) = await CallAsync(target.Split('.')[^1], request);
                context.Response.StatusCode = status;
                context.Response.ContentType = "application/x-amz-json-1.1";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.ToJsonString()));
            }
            else
            {
                await ForwardAsync(context);
            }

            context.Response.Close();
        }
        catch (Exception exception)
            when (exception is HttpListenerException or ObjectDisposedException or IOException or HttpRequestException)
        {
            context.Response.Abort();
        }
    }

    private async Task<(int Status, JsonNode Answer)> CallAsync(string operation, JsonNode request)
    {
        Calls.Enqueue(operation);
        switch (operation)
        {
            case "GetAuthorizationToken":
                var token = Convert.ToBase64String(Encoding.UTF8.GetBytes($"AWS:{Password}"));
                return (200, new JsonObject { ["authorizationData"] = new JsonArray(new JsonObject { ["authorizationToken"] = token }) });
            case "DescribeRepositories":
                var names = request["repositoryNames"]!.AsArray().Select(name => name!.GetValue<string>()).ToList();
                return names.Find(name => !Repositories.ContainsKey(name)) is { } missing
                    ? (400, new JsonObject { ["__type"] = "RepositoryNotFoundException", ["message"] = $"{missing} does not exist" })
                    : (
                        200,
                        new JsonObject
                        {
                            ["repositories"] = new JsonArray([
                                .. names.Select(name =>
                                    (JsonNode)new JsonObject { ["repositoryName"] = name, ["repositoryUri"] = $"{Host}/{name}" }
                                ),
                            ]),
                        }
                    );
            case "DescribeImages":
                var tag = request["imageIds"]![0]!["imageTag"]!.GetValue<string>();
                return await DigestAsync(request["repositoryName"]!.GetValue<string>(), tag) is { } digest
                    ? (
                        200,
                        new JsonObject
                        {
                            ["imageDetails"] = new JsonArray(new JsonObject { ["imageDigest"] = digest, ["imageSizeInBytes"] = 4711 }),
                        }
                    )
                    : (400, new JsonObject { ["__type"] = "ImageNotFoundException", ["message"] = $"no image {tag}" });
            default:
                return (400, new JsonObject { ["__type"] = "UnknownOperationException", ["message"] = operation });
        }
    }

    private async Task ForwardAsync(HttpListenerContext context)
    {
        var expected = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"AWS:{Password}"))}";
        if (context.Request.Headers["Authorization"] != expected)
        {
            context.Response.StatusCode = 401;
            context.Response.AddHeader("WWW-Authenticate", "Basic realm=\"ecr\"");
            return;
        }

        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        var path = context.Request.Url!.AbsolutePath;
        var method = context.Request.HttpMethod;
        if (Fault?.Invoke(method, path) is { } status)
        {
            context.Response.StatusCode = status;
            return;
        }

        if (method == "PUT" && path.Split("/manifests/") is [var before, var tag] && !tag.StartsWith("sha256:", StringComparison.Ordinal))
        {
            var repository = before["/v2/".Length..];
            TagsPut.Enqueue(tag);
            await (BeforePut?.Invoke(repository, tag) ?? Task.CompletedTask);
            if (await DigestAsync(repository, tag) is not null)
            {
                context.Response.StatusCode = 400;
                await context.Response.OutputStream.WriteAsync(
                    """{"errors":[{"code":"TAG_INVALID","message":"The image tag already exists and cannot be overwritten because the repository is immutable."}]}"""u8.ToArray()
                );
                return;
            }
        }
        else if (method is "PUT" or "PATCH" && path.Contains("/blobs/uploads/") && body.Length > 0)
        {
            Uploads.Add(body.Length);
        }

        using var request = new HttpRequestMessage(new HttpMethod(method), Direct(context.Request.RawUrl!));
        body.Position = 0;
        request.Content = method is "GET" or "HEAD" ? null : new StreamContent(body);
        foreach (
            var name in context
                .Request.Headers.AllKeys.OfType<string>()
                .Where(name => name is not ("Host" or "Authorization" or "Content-Length" or "Transfer-Encoding" or "Connection"))
        )
        {
            if (!request.Headers.TryAddWithoutValidation(name, context.Request.Headers[name]))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, context.Request.Headers[name]);
            }
        }

        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (
            var (name, values) in ((IEnumerable<KeyValuePair<string, IEnumerable<string>>>)response.Headers).Concat(
                response.Content.Headers
            )
        )
        {
            if (name is "Content-Length")
            {
                context.Response.ContentLength64 = response.Content.Headers.ContentLength ?? 0;
            }
            else if (name is not ("Transfer-Encoding" or "Connection"))
            {
                context.Response.Headers[name] = string.Join(", ", values);
            }
        }

        if (method != "HEAD")
        {
            await response.Content.CopyToAsync(context.Response.OutputStream);
        }
    }
}
