using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.AWS.Tests;

/// <summary>
/// What run mode logs of a configuration. A configuration is asked about once a process, so each test has a profile of its own.
/// </summary>
public sealed class ValidationTests(SecurityTokenService sts) : IClassFixture<SecurityTokenService>
{
    private static readonly (LogLevel, string) Validated = (LogLevel.Information, "AWS SDK config validated for account: 123456789012");

    private readonly IDistributedApplicationBuilder _builder = Models.ToRun();
    private readonly KeptLog _log = new();

    [Fact]
    public async Task A_profile_that_there_is_not_is_one_error_and_blocks_nothing()
    {
        var aws = Config(_builder, "no-such-profile");
        for (var service = 0; service < 3; service++)
        {
            Assert.Equal("no-such-profile", (await _builder.EnvironmentAsync(aws, _log))["AWS_PROFILE"]);
        }

        await _log.WaitForAsync(1);

        // An answer from STS takes longer than to find no profile: were there a second error, it would come before this.
        await _builder.EnvironmentAsync(Config(_builder, "after"), _log);
        await _log.WaitForAsync(1);
        Assert.Equal(
            [(LogLevel.Error, "Failed to connect to AWS using AWS SDK config: Profile:no-such-profile,Region:eu-west-1"), Validated],
            _log.Entries
        );
    }

    [Fact]
    public async Task A_profile_that_works_is_told_once_with_its_account()
    {
        var aws = Config(_builder, "works");

        await _builder.EnvironmentAsync(aws, _log);
        await _builder.EnvironmentAsync(aws, _log);
        await _log.WaitForAsync(1);

        Assert.Equal([Validated], _log.Entries);
        var request = Assert.Single(sts.RequestsOf("works"));
        Assert.Contains("Action=GetCallerIdentity", request.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_does_not_wait_for_AWS()
    {
        await _builder.EnvironmentAsync(Config(_builder, SecurityTokenService.Slow), _log);

        Assert.Empty(_log.Entries);
        sts.AnswerSlow();
        await _log.WaitForAsync(1);
        Assert.Equal([Validated], _log.Entries);
    }

    [Fact]
    public async Task Nothing_is_asked_where_validation_is_off_or_the_model_is_published()
    {
        await _builder.EnvironmentAsync(Config(_builder, "unasked").WithSdkValidation(false), _log);
        var toPublish = Models.ToPublish();
        await toPublish.EnvironmentAsync(Config(toPublish, "unasked"), _log);

        // Had either been asked about, this would not be, and its log would stay empty.
        var log = new KeptLog();
        await _builder.EnvironmentAsync(Config(_builder, "unasked"), log);
        await log.WaitForAsync(1);
        Assert.Empty(_log.Entries);
        Assert.Single(sts.RequestsOf("unasked"));
    }

    private static IAWSSDKConfig Config(IDistributedApplicationBuilder builder, string profile) =>
        builder.AddAWSSDKConfig().WithProfile(profile).WithRegion("eu-west-1");
}
