using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Hosting.Fargate.Stacks;

/// <summary>
/// Who changes a stack, as the token that CloudFormation keeps with each event: so that a second deploy can say who is deploying, and one
/// that was cut off can be taken up again by the next.
/// </summary>
/// <param name="User">Who deploys.</param>
/// <param name="Host">The machine it is done from.</param>
/// <param name="ProcessId">The process there.</param>
/// <param name="Start">When it began, in UTC.</param>
internal sealed partial record DeployToken(string User, string Host, int ProcessId, DateTime Start)
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    public static DeployToken ForThisProcess(string user, DateTime now) =>
        new(Sanitize(user), Sanitize(Environment.MachineName), Environment.ProcessId, now);

    /// <summary>Reads a token; null where it is not one of deploy.</summary>
    public static DeployToken? Parse(string? token) =>
        token is not null
        && Form().Match(token) is { Success: true } match
        && int.TryParse(match.Groups["process"].Value, CultureInfo.InvariantCulture, out var process)
        && DateTime.TryParseExact(
            match.Groups["start"].Value,
            TimeFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var start
        )
            ? new DeployToken(match.Groups["user"].Value, match.Groups["host"].Value, process, start)
            : null;

    /// <summary>Whether it is of this machine and its process is no more: nobody else will take up what it left.</summary>
    public bool WasCutOff
    {
        get
        {
            if (Host != Sanitize(Environment.MachineName))
            {
                return false;
            }

            if (ProcessId == Environment.ProcessId)
            {
                return true;
            }

            try
            {
                using var process = Process.GetProcessById(ProcessId);

                // A process of that number that began later is another one.
                return process.HasExited || process.StartTime.ToUniversalTime() > Start.AddSeconds(1);
            }
            catch (Exception exception)
                when (exception is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                return true;
            }
        }
    }

    /// <summary>For a person: <c>alice on buildbox (process 4711), since 2026-11-24 12:00:03 UTC</c>.</summary>
    public string Describe() =>
        $"{User} on {Host} (process {ProcessId.ToString(CultureInfo.InvariantCulture)}), since {Start.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC";

    /// <summary>
    /// A token for one more operation. CloudFormation answers one that it has seen with what it did then, and a process that does one verb
    /// after the other begins two in a second: so it ends by chance.
    /// </summary>
    public string Next() => $"{this}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    /// <summary>As CloudFormation takes it: letters, digits and hyphens, 128 at most.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"deploy-{User}-{Host}-{ProcessId}-{Start.ToString(TimeFormat, CultureInfo.InvariantCulture)}");

    private static string Sanitize(string name)
    {
        var kept = new string([.. name.Where(char.IsAsciiLetterOrDigit)]);
        return kept is "" ? "unknown" : kept[..Math.Min(kept.Length, 40)];
    }

    [GeneratedRegex("^deploy-(?<user>[A-Za-z0-9]+)-(?<host>[A-Za-z0-9]+)-(?<process>[0-9]+)-(?<start>[0-9]{8}T[0-9]{6}Z)(-[0-9a-f]+)?$")]
    private static partial Regex Form();
}
