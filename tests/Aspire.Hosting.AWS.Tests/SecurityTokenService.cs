using ServiceDefaults.Tests.Aws;

namespace Aspire.Hosting.AWS.Tests;

/// <summary>
/// STS, and a shared configuration whose profiles it knows. The SDK reads both places once a process, so they are one for all tests;
/// a profile's access key is its name.
/// </summary>
public sealed class SecurityTokenService : IAsyncLifetime
{
    /// <summary>The profile whose call is answered when <see cref="AnswerSlow"/> says so.</summary>
    public const string Slow = "slow";

    public static readonly string[] Profiles = ["works", "unasked", "after", Slow];

    // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
    private const string Identity = """
        <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <GetCallerIdentityResult><Account>123456789012</Account><Arn>arn:aws:iam::123456789012:user/dev</Arn><UserId>AIDA</UserId></GetCallerIdentityResult>
        </GetCallerIdentityResponse>
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aws-config-");
    private readonly ManualResetEventSlim _slowMayAnswer = new();
    private AwsServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        var credentials = Path.Combine(_folder.FullName, "credentials");
        await File.WriteAllLinesAsync(
            credentials,
            Profiles.SelectMany(profile => (string[])[$"[{profile}]", $"aws_access_key_id = {profile}", "aws_secret_access_key = secret"])
        );
        _server = await AwsServer.StartAsync(request =>
        {
            if (IsOf(request, Slow))
            {
                _slowMayAnswer.Wait(TimeSpan.FromSeconds(30));
            }

            return new AwsAnswer(200, Identity, "text/xml");
        });
        Environment.SetEnvironmentVariable("AWS_SHARED_CREDENTIALS_FILE", credentials);
        Environment.SetEnvironmentVariable("AWS_CONFIG_FILE", Path.Combine(_folder.FullName, "config"));
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_STS", _server.Address);
    }

    public void AnswerSlow() => _slowMayAnswer.Set();

    internal IEnumerable<AwsRequest> RequestsOf(string profile) => _server.Requests.Where(request => IsOf(request, profile));

    public async ValueTask DisposeAsync()
    {
        AnswerSlow();
        await _server.DisposeAsync();
        _slowMayAnswer.Dispose();
        _folder.Delete(recursive: true);
    }

    private static bool IsOf(AwsRequest request, string profile) =>
        request.Headers["Authorization"].Contains($"Credential={profile}/", StringComparison.Ordinal);
}
