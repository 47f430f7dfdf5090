using Amazon.Runtime.CredentialManagement;

namespace Hosting.Fargate.Aws;

/// <summary>
/// Whether there are credentials, found without a call: the SDK, where it finds none, asks the metadata of an EC2 instance at last, and
/// waits for seconds on a machine that is none. The places are those of
/// https://docs.aws.amazon.com/sdk-for-net/v4/developer-guide/creds-assign.html.
/// </summary>
internal static class CredentialsAtHand
{
    private static readonly string[][] s_variables =
    [
        ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"],
        ["AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN"],
        ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"],
        ["AWS_CONTAINER_CREDENTIALS_FULL_URI"],
    ];

    private static string DefaultProfile => Environment.GetEnvironmentVariable("AWS_PROFILE") is { Length: > 0 } name ? name : "default";

    /// <summary>What to do where there are none; null where there are.</summary>
    public static string? Advice(AwsTarget target)
    {
        if (target.Profile is { } profile)
        {
            return HasCredentials(profile)
                ? null
                : $"The profile '{profile}' that the model names has no credentials here. Sign in with 'aws sso login --profile {profile}', or make it with 'aws configure --profile {profile}'.";
        }

        return Array.Exists(s_variables, names => Array.TrueForAll(names, IsSet)) || HasCredentials(DefaultProfile)
            ? null
            : "No AWS credentials found. Sign in with 'aws sso login' or 'aws configure', or start the AppHost with AWS_PROFILE.";
    }

    /// <summary>
    /// What to do where a profile that signs in with IAM Identity Center gave no credentials; null for profiles of other kinds.
    /// </summary>
    /// <param name="profile">Its name; null for the one that the SDK takes.</param>
    public static string? SignInAdvice(string? profile)
    {
        var name = profile ?? DefaultProfile;
        return
            new CredentialProfileStoreChain().TryGetProfile(name, out var found)
            && found.Options is { SsoSession: not null } or { SsoStartUrl: not null }
            ? $"Nobody is signed in to AWS for the profile '{name}'. Run 'aws sso login --profile {name}', then the same command again."
            : null;
    }

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));

    private static bool HasCredentials(string profile) =>
        new CredentialProfileStoreChain().TryGetProfile(profile, out var found) && found.CanCreateAWSCredentials;
}
