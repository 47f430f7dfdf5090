using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.SecurityToken.Model;
using Aspire.Hosting;

namespace Hosting.Fargate.Aws;

/// <summary>Where a deployment goes, and as whom.</summary>
/// <param name="Id">The account, 12 digits.</param>
/// <param name="Region">The region: <c>eu-west-1</c>.</param>
/// <param name="Partition">The partition: <c>aws</c>.</param>
/// <param name="Caller">Who calls: the ARN of a user or of a role's session.</param>
internal sealed record AwsAccount(string Id, string Region, string Partition, string Caller)
{
    /// <summary>The last part of the caller's ARN: a user's name, or that of a role's session.</summary>
    public string CallerName => Caller[(Caller.LastIndexOf('/') + 1)..];

    /// <exception cref="DistributedApplicationException">There are no credentials, or AWS does not take them.</exception>
    public static async Task<AwsAccount> ReadAsync(AwsClients aws, CancellationToken cancellationToken)
    {
        try
        {
            // Looked for first: without any, STS fails by a signature that nobody asked for.
            DefaultAWSCredentialsIdentityResolver.GetCredentials(aws.Sts.Config);
            var identity = await aws.Sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellationToken);
            var partition = identity.Arn?.Split(':') is [_, var name, ..] ? name : "aws";
            return new AwsAccount(identity.Account, aws.Region.SystemName, partition, identity.Arn ?? identity.UserId);
        }
        catch (AmazonServiceException exception) when (!AwsFailure.IsPassing(exception))
        {
            throw new DistributedApplicationException(
                $"AWS does not accept these credentials ({exception.ErrorCode ?? exception.StatusCode.ToString()}): {exception.Message} "
                    + "Sign in again ('aws sso login', or new keys) and try once more.",
                exception
            );
        }
        catch (AmazonClientException exception)
        {
            throw new DistributedApplicationException(
                CredentialsAtHand.SignInAdvice(aws.Sts.Config.Profile?.Name)
                    ?? $"There are no AWS credentials{Why(exception)}. Sign in ('aws sso login', 'aws configure') or set AWS_PROFILE.",
                exception
            );
        }
    }

    /// <summary>Where the SDK lists every place that it looked at, none of them is the reason.</summary>
    private static string Why(AmazonClientException exception) =>
        exception.Message.Contains('\n') ? "" : $": {exception.Message.TrimEnd('.')}";
}
