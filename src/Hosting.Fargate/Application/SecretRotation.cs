using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate;

/// <summary>When, and by what, the value of a secret changes.</summary>
/// <param name="FunctionArn">The Lambda function that makes the new value.</param>
/// <param name="Day">The day of the month.</param>
/// <param name="Hour">The hour of the day in UTC within which it is changed.</param>
internal sealed record SecretRotation(string FunctionArn, int Day, int Hour) : IResourceAnnotation
{
    /// <summary>When the rotation begins.</summary>
    public string Expression => $"cron(0 {Hour} {Day} * ? *)";

    /// <summary>When it is done for sure, and whoever has the secret starts anew.</summary>
    public string RestartExpression => $"cron(0 {Hour + 2} {Day} * ? *)";
}
