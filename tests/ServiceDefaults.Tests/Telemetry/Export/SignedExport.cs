using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;

namespace ServiceDefaults.Tests.Telemetry.Export;

/// <summary>
/// The signature of an export that came, taken apart and made again by the specification:
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
/// </summary>
internal sealed class SignedExport
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    public SignedExport(OtlpExport export)
    {
        Export = export;
        var authorization = export.Headers["Authorization"];
        Assert.StartsWith(Algorithm + " ", authorization);
        var parts = authorization[(Algorithm.Length + 1)..]
            .Split(", ")
            .Select(part => part.Split('=', 2))
            .ToDictionary(part => part[0], part => part[1]);
        Scope = parts["Credential"].Split('/');
        SignedHeaders = parts["SignedHeaders"].Split(';');
        Signature = parts["Signature"];
    }

    public OtlpExport Export { get; }

    public string[] SignedHeaders { get; }

    public string Signature { get; }

    public string AccessKey => Scope[0];

    public string Region => Scope[2];

    public string Service => Scope[3];

    public string Time => Export.Headers["x-amz-date"];

    private string[] Scope { get; }

    /// <summary>What the signature has to be.</summary>
    public string SignatureBy(ImmutableCredentials credentials)
    {
        Assert.Equal([AccessKey, Time[..8], Region, Service, "aws4_request"], Scope);
        Assert.Equal(SignedHeaders.Order(StringComparer.Ordinal), SignedHeaders);
        Assert.InRange(
            DateTime.ParseExact(Time, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal),
            DateTime.UtcNow.AddMinutes(-5),
            DateTime.UtcNow.AddMinutes(5)
        );

        var canonical = new StringBuilder("POST\n").Append(Export.Path).Append("\n\n");
        foreach (var header in SignedHeaders)
        {
            canonical.Append(header).Append(':').Append(Export.Headers[header].Trim()).Append('\n');
        }

        canonical.Append('\n').AppendJoin(';', SignedHeaders).Append('\n').Append(Hash(Export.Sent));
        var toSign = $"{Algorithm}\n{Time}\n{string.Join('/', Scope[1..])}\n{Hash(Encoding.UTF8.GetBytes(canonical.ToString()))}";
        var key = Encoding.UTF8.GetBytes("AWS4" + credentials.SecretKey);
        foreach (var part in Scope[1..])
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
