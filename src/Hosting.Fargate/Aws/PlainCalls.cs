using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;

namespace Hosting.Fargate.Aws;

/// <summary>
/// Calls of services that deploy asks one thing of, which is worth no client's package, such as IAM and EC2. They are signed as
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html says, made once, and none of them is needed
/// to deploy.
/// </summary>
internal sealed class PlainCalls(AwsClients aws, AwsAccount account) : IDisposable
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    private readonly HttpClient _http = new() { Timeout = aws.Timeout ?? TimeSpan.FromSeconds(10) };

    /// <summary>Calls an operation of the query protocol.</summary>
    /// <param name="service">The prefix of its actions: <c>iam</c>.</param>
    /// <param name="version">The version of its API.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="AmazonServiceException">AWS refuses it.</exception>
    public async Task<XDocument> QueryAsync(
        string service,
        string version,
        string operation,
        IEnumerable<KeyValuePair<string, string>> parameters,
        CancellationToken cancellationToken
    )
    {
        using var form = new FormUrlEncodedContent([new("Action", operation), new("Version", version), .. parameters]);
        return XDocument.Parse(await SendAsync(service, HttpMethod.Post, form, null, cancellationToken));
    }

    /// <summary>Calls an operation of the JSON protocol.</summary>
    /// <param name="service">The prefix of its actions: <c>servicequotas</c>.</param>
    /// <param name="target">The operation, as its header has it.</param>
    /// <param name="body">Its parameters.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="AmazonServiceException">AWS refuses it.</exception>
    public async Task<JsonElement> JsonAsync(string service, string target, object body, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        return JsonElement.Parse(await SendAsync(service, HttpMethod.Post, content, target, cancellationToken));
    }

    /// <summary>Asks for what a REST protocol answers in JSON.</summary>
    /// <param name="service">The prefix of its actions: <c>mq</c>.</param>
    /// <param name="path">Its path.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="AmazonServiceException">AWS refuses it.</exception>
    public async Task<JsonElement> GetAsync(string service, string path, CancellationToken cancellationToken) =>
        JsonElement.Parse(await SendAsync(service, HttpMethod.Get, null, null, cancellationToken, path));

    /// <summary>Calls an operation of a REST protocol that takes XML.</summary>
    /// <param name="service">The prefix of its actions: <c>cloudfront</c>.</param>
    /// <param name="path">Its path.</param>
    /// <param name="body">Its parameters.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="AmazonServiceException">AWS refuses it.</exception>
    public async Task XmlAsync(string service, string path, XElement body, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToString(SaveOptions.DisableFormatting)));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
        await SendAsync(service, HttpMethod.Post, content, null, cancellationToken, path);
    }

    public void Dispose() => _http.Dispose();

    private async Task<string> SendAsync(
        string service,
        HttpMethod method,
        HttpContent? content,
        string? target,
        CancellationToken cancellationToken,
        string path = "/"
    )
    {
        var (endpoint, region) = EndpointOf(service);
        using var request = new HttpRequestMessage(method, new Uri(endpoint, path)) { Content = content };
        if (target is not null)
        {
            request.Headers.Add("X-Amz-Target", target);
        }

        var given = aws.Sts.Config.DefaultAWSCredentials ?? DefaultAWSCredentialsIdentityResolver.GetCredentials(aws.Sts.Config);
        var credentials = await given.GetCredentialsAsync();
        var body = content is null ? [] : await content.ReadAsByteArrayAsync(cancellationToken);
        Sign(request, body, credentials, service, region, DateTime.UtcNow);
        using var response = await _http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return text;
        }

        var (code, message) = ErrorOf(text);
        throw new AmazonServiceException(message) { ErrorCode = code, StatusCode = response.StatusCode };
    }

    /// <summary>Signs the host, the type of the content, and all headers of AWS's own.</summary>
    private static void Sign(
        HttpRequestMessage request,
        byte[] body,
        ImmutableCredentials credentials,
        string service,
        string region,
        DateTime now
    )
    {
        var time = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        request.Headers.Add("x-amz-date", time);
        if (credentials.UseToken)
        {
            request.Headers.Add("x-amz-security-token", credentials.Token);
        }

        SortedDictionary<string, string> signed = new(StringComparer.Ordinal) { ["host"] = request.RequestUri!.Authority };
        if (request.Content?.Headers.ContentType is { } type)
        {
            signed["content-type"] = $"{type}";
        }

        foreach (var (name, values) in request.Headers)
        {
            signed[name.ToLowerInvariant()] = values.Single();
        }

        var names = string.Join(';', signed.Keys);
        var canonical =
            $"{request.Method}\n{request.RequestUri.AbsolutePath}\n\n{string.Concat(signed.Select(header => $"{header.Key}:{header.Value}\n"))}\n{names}\n{Hash(body)}";
        var scope = $"{time[..8]}/{region}/{service}/aws4_request";
        var key = Encoding.UTF8.GetBytes($"AWS4{credentials.SecretKey}");
        foreach (var part in scope.Split('/'))
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        var text = $"{Algorithm}\n{time}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(canonical))}";
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"{Algorithm} Credential={credentials.AccessKey}/{scope}, SignedHeaders={names}, Signature={signature}"
        );
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>
    /// IAM has one endpoint a partition, and CloudFront one: https://docs.aws.amazon.com/general/latest/gr/iam-service.html,
    /// https://docs.aws.amazon.com/general/latest/gr/cf_region.html.
    /// </summary>
    private (Uri Endpoint, string Region) EndpointOf(string service)
    {
        var (host, region) = (service, account.Partition) switch
        {
            ("iam", "aws-cn") => ("iam.cn-north-1.amazonaws.com.cn", "cn-north-1"),
            ("iam", "aws-us-gov") => ("iam.us-gov.amazonaws.com", "us-gov-west-1"),
            ("iam" or "cloudfront", _) => ($"{service}.amazonaws.com", "us-east-1"),
            (_, "aws-cn") => ($"{service}.{account.Region}.amazonaws.com.cn", account.Region),
            _ => ($"{service}.{account.Region}.amazonaws.com", account.Region),
        };
        var named = new[] { $"AWS_ENDPOINT_URL_{Identifier(service)}", "AWS_ENDPOINT_URL" }
            .Select(Environment.GetEnvironmentVariable)
            .FirstOrDefault(value => value is { Length: > 0 });
        return (new Uri(aws.Endpoint ?? named ?? $"https://{host}"), region);
    }

    /// <summary>https://docs.aws.amazon.com/sdkref/latest/guide/ss-endpoints-table.html</summary>
    private static string Identifier(string service) => service == "servicequotas" ? "SERVICE_QUOTAS" : service.ToUpperInvariant();

    /// <summary>
    /// The code of a refusal and what it says: JSON's <c>__type</c> and <c>message</c>, or XML's <c>Code</c> and <c>Message</c>.
    /// </summary>
    private static (string Code, string Message) ErrorOf(string text)
    {
        try
        {
            if (text.StartsWith('{'))
            {
                var error = JsonElement.Parse(text);
                return (
                    error.GetProperty("__type").GetString()!.Split('#')[^1],
                    error.TryGetProperty("message", out var message) || error.TryGetProperty("Message", out message)
                        ? message.GetString() ?? text
                        : text
                );
            }

            var elements = XDocument.Parse(text).Descendants().ToLookup(element => element.Name.LocalName, element => element.Value);
            return (elements["Code"].First(), elements["Message"].FirstOrDefault() ?? text);
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or System.Xml.XmlException or InvalidOperationException)
        {
            return ("Unknown", text);
        }
    }
}
