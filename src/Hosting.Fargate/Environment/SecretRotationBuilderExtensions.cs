using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate;

namespace Aspire.Hosting;

/// <summary>How the value of a secret changes by itself.</summary>
public static partial class SecretRotationBuilderExtensions
{
    /// <summary>
    /// Has Secrets Manager rotate a secret once a month by a Lambda function that exists, and the services that have it start anew two
    /// hours later, for ECS reads a secret when a task starts. Deploy puts the value that it is given once, and then leaves it alone.
    /// https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html says what the function does; it lets
    /// <c>secretsmanager.amazonaws.com</c> invoke it.
    /// </summary>
    /// <param name="builder">A secret parameter.</param>
    /// <param name="functionArn">The function, <c>arn:aws:lambda:…</c>.</param>
    /// <param name="day">The day of the month, 1 to 28.</param>
    /// <param name="hour">The hour of the day in UTC, 0 to 21, within which it is rotated.</param>
    /// <exception cref="ArgumentException">No secret, or no ARN of a function.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The day or the hour is out of its range.</exception>
    [AspireExport]
    public static IResourceBuilder<ParameterResource> WithRotation(
        this IResourceBuilder<ParameterResource> builder,
        string functionArn,
        int day = 1,
        int hour = 3
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfLessThan(day, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(day, 28);
        ArgumentOutOfRangeException.ThrowIfNegative(hour);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hour, 21);
        if (!builder.Resource.Secret)
        {
            throw new ArgumentException($"'{builder.Resource.Name}' is no secret: AddParameter(name, secret: true).", nameof(builder));
        }

        return FunctionArn().Takes(functionArn)
            ? builder.WithAnnotation(new SecretRotation(functionArn, day, hour))
            : throw new ArgumentException(
                $"'{functionArn}' is not what is wanted here: a Lambda function, such as arn:aws:lambda:eu-west-1:123456789012:function:rotate.",
                nameof(functionArn)
            );
    }

    [GeneratedRegex("^arn:[a-z-]+:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]+$")]
    private static partial Regex FunctionArn();
}
