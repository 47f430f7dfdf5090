using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Deploy.Tests;

/// <summary>
/// A home folder whose profile <c>dev</c> signs in with IAM Identity Center, and the portal that gives such a profile credentials.
/// </summary>
internal sealed class SsoProfile : IDisposable
{
    private readonly HttpListener _portal = new();

    public SsoProfile()
    {
        Directory.CreateDirectory(Cache);
        File.WriteAllText(
            Path.Combine(Home, ".aws", "config"),
            """
            [profile dev]
            sso_session = corp
            sso_account_id = 123456789012
            sso_role_name = Deployer

            [sso-session corp]
            sso_start_url = https://corp.example/start
            sso_region = us-east-1
            sso_registration_scopes = sso:account:access
            """
        );
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Portal = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        }

        _portal.Prefixes.Add($"{Portal}/");
        _portal.Start();
        _ = ServeAsync();
    }

    public string Home { get; } = Directory.CreateTempSubdirectory("sso-").FullName;

    public string Portal { get; }

    /// <summary>What was asked of the portal: path and token.</summary>
    public List<string> Asked { get; } = [];

    private string Cache => Path.Combine(Home, ".aws", "sso", "cache");

    /// <summary>Leaves what <c>aws sso login</c> leaves: https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sso.html.</summary>
    public void SignIn(string token) =>
        File.WriteAllText(
            Path.Combine(Cache, $"{Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes("corp")))}.json"),
            $$"""{"startUrl":"https://corp.example/start","region":"us-east-1","accessToken":"{{token}}","expiresAt":"{{DateTime.UtcNow.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}}"}"""
        );

    public void Dispose()
    {
        _portal.Close();
        Directory.Delete(Home, recursive: true);
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _portal.GetContextAsync();
                Asked.Add($"{context.Request.RawUrl} {context.Request.Headers["x-amz-sso_bearer_token"]}");
                context.Response.ContentType = "application/json";
                var expiration = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds();
                context.Response.Close(
                    JsonSerializer.SerializeToUtf8Bytes(
                        new
                        {
                            roleCredentials = new
                            {
                                accessKeyId = "AKIAEXAMPLE",
                                secretAccessKey = "example",
                                sessionToken = "example",
                                expiration,
                            },
                        }
                    ),
                    willBlock: true
                );
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // Closed with the test.
        }
    }
}
