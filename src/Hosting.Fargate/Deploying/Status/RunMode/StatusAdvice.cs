using Amazon.Runtime;
using Aspire.Hosting;
using Hosting.Fargate.Aws;

namespace Hosting.Fargate.Deploying.Status.RunMode;

/// <summary>
/// Why nothing could be read of what is deployed, as something to do: a person who only wanted to run the application looks at it.
/// </summary>
/// <param name="Text">In sentences.</param>
/// <param name="IsPassing">Whether it may do by itself, without anybody doing anything.</param>
internal sealed record StatusAdvice(string Text, bool IsPassing)
{
    public static StatusAdvice Of(Exception exception) =>
        exception switch
        {
            DistributedApplicationException => new(exception.Message, IsPassing: false),
            AmazonServiceException { ErrorCode: { Length: > 0 } } answer => Of(answer),
            OperationCanceledException => new("AWS did not answer in time. Look whether this machine reaches it.", IsPassing: true),
            _ => new(
                $"AWS could not be reached: {exception.Message.TrimEnd('.')}.",
                IsPassing: exception is HttpRequestException or AmazonClientException or IOException or TimeoutException
            ),
        };

    private static StatusAdvice Of(AmazonServiceException answer)
    {
        var kind = AwsFailure.KindOf(answer);
        var advice = kind switch
        {
            AwsFailureKind.Denied =>
                "Who looks at what is deployed needs that action: docs/deployer-policy.md says which ones looking takes.",
            AwsFailureKind.Expired or AwsFailureKind.NotSignedIn => "Sign in again ('aws sso login', or new keys), then refresh.",
            AwsFailureKind.Throttled => "Too many calls at once in this account.",
            AwsFailureKind.OfAws => "That is a fault of AWS's own.",
            _ => "Mend the cause, then refresh.",
        };
        return new StatusAdvice($"{AwsFailure.Say(answer, answer.Message)} {advice}", AwsFailure.IsPassing(answer));
    }
}
