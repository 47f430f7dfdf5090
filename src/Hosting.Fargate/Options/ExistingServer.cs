using System.Text.RegularExpressions;
using Aspire.Hosting;

namespace Hosting.Fargate;

/// <summary>A database server or cache that exists: nothing is made of it, and those that refer to it have a way to it.</summary>
[AspireExport(ExposeProperties = true, ExposeMethods = true)]
public sealed partial class ExistingServer
{
    private int? _port;
    private string? _userName;
    private string? _passwordSecretArn;

    internal ExistingServer(string host, string securityGroupId)
    {
        Host = HostName().Takes(host)
            ? host
            : throw new ArgumentException($"A host is a name without port and scheme: '{host}'.", nameof(host));
        SecurityGroupId = GroupId().Takes(securityGroupId)
            ? securityGroupId
            : throw new ArgumentException(
                $"A security group is as sg-0123456789abcdef0 is, and '{securityGroupId}' is not.",
                nameof(securityGroupId)
            );
    }

    /// <summary>The name under which it is reached.</summary>
    public string Host { get; }

    /// <summary>The security group that it is in, in the network of the tasks: those that refer to it have a rule there each.</summary>
    public string SecurityGroupId { get; }

    /// <summary>Where it listens; unless set where servers of its kind do.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 to 65535.</exception>
    public int? Port
    {
        get => _port;
        set =>
            _port = value is null or (>= 1 and <= 65_535)
                ? value
                : throw new ArgumentOutOfRangeException(nameof(Port), value, $"{nameof(Port)} is 1 to 65535.");
    }

    /// <summary>Whether connection strings and addresses ask for TLS; they do unless it is false.</summary>
    public bool Tls { get; set; } = true;

    /// <summary>
    /// The user, where it is another than the model's own: <c>postgres</c>, <c>root</c>, <c>sa</c>. A model that names a parameter for it
    /// needs none here.
    /// </summary>
    /// <exception cref="ArgumentException">Something else than letters, digits, hyphens, dots and underscores.</exception>
    public string? UserName
    {
        get => _userName;
        set =>
            _userName =
                value is null || User().IsMatch(value)
                    ? value
                    : throw new ArgumentException(
                        $"{nameof(UserName)} has letters, digits, hyphens, dots and underscores.",
                        nameof(UserName)
                    );
    }

    /// <summary>
    /// The ARN of the secret with its password: the password alone, or JSON with a field <c>password</c>, as RDS makes it. Each deploy
    /// takes it from there into the application's own secret, which services get: where it is rotated, deploy again. Unless set the model's
    /// parameter has the password. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
    /// </summary>
    /// <exception cref="ArgumentException">No ARN of a secret.</exception>
    public string? PasswordSecretArn
    {
        get => _passwordSecretArn;
        set =>
            _passwordSecretArn =
                value is null || SecretArn().IsMatch(value)
                    ? value
                    : throw new ArgumentException(
                        $"{nameof(PasswordSecretArn)} is the ARN of a secret, and '{value}' is none.",
                        nameof(PasswordSecretArn)
                    );
    }

    [GeneratedRegex(@"\A[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\z")]
    private static partial Regex HostName();

    [GeneratedRegex(@"\Asg-[0-9a-f]{8,17}\z")]
    private static partial Regex GroupId();

    [GeneratedRegex(@"\A[A-Za-z0-9._-]+\z")]
    private static partial Regex User();

    [GeneratedRegex(@"\Aarn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:.+\z")]
    private static partial Regex SecretArn();
}
