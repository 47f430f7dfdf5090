using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Auth;

namespace Aws.Ecs.Telemetry.Export;

/// <summary>
/// Signature Version 4 on a request that has its body.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
/// </summary>
internal static class AwsSignature
{
    // Of what is there already. The rest, a proxy on the way may change.
    private static readonly string[] SignedPrefixes = ["content-", "x-aws-", "x-amz-"];

    public static void Sign(
        HttpRequestMessage request,
        ReadOnlySpan<byte> body,
        AwsSigning signing,
        ImmutableCredentials credentials,
        DateTimeOffset now
    )
    {
        var uri = request.RequestUri!;
        request.Headers.Host = uri.Authority;
        request.Headers.Add("x-amz-date", now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
        var bodyHash = Convert.ToHexStringLower(SHA256.HashData(body));
        request.Headers.Add("x-amz-content-sha256", bodyHash);
        if (credentials.UseToken)
        {
            request.Headers.Add("x-amz-security-token", credentials.Token);
        }

        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = uri.Authority };
        AddSigned(headers, request.Headers);
        AddSigned(headers, request.Content!.Headers);
        var signedHeaders = string.Join(';', headers.Keys);
        var canonicalRequest = string.Join(
            '\n',
            [
                request.Method.Method,
                uri.AbsolutePath,
                uri.Query.TrimStart('?'),
                .. headers.Select(header => $"{header.Key}:{header.Value}"),
                "",
                signedHeaders,
                bodyHash,
            ]
        );
        var signature = AWS4Signer.ComputeSignature(
            credentials,
            signing.Region,
            now.UtcDateTime,
            signing.Service,
            signedHeaders,
            canonicalRequest
        );
        request.Headers.TryAddWithoutValidation("Authorization", signature.ForAuthorizationHeader);
    }

    private static void AddSigned(SortedDictionary<string, string> signed, HttpHeaders headers)
    {
        foreach (var (name, values) in headers)
        {
            var lowerCase = name.ToLowerInvariant();
            // The length is the transport's: it is not there yet.
            if (lowerCase != "content-length" && SignedPrefixes.Any(prefix => lowerCase.StartsWith(prefix, StringComparison.Ordinal)))
            {
                signed[lowerCase] = string.Join(',', values.Select(value => value.Trim()));
            }
        }
    }
}
