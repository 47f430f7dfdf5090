using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// The user of a server where a parameter of the model names it. Its value may be another at deploy, so that it is told and not refused.
/// </summary>
internal static class UserParameter
{
    /// <param name="server">The server in the model.</param>
    /// <param name="user">Its user.</param>
    /// <param name="isTaken">Whether AWS takes such a name.</param>
    /// <param name="service">The service of AWS that runs the server.</param>
    public static IEnumerable<Notice> Notices(string server, Value user, Func<string, bool> isTaken, string service)
    {
        if (user is ParameterValue { Parameter: var parameter } && (parameter.Current ?? parameter.Default) is { } now && !isTaken(now))
        {
            yield return new(
                server,
                $"has the user '{now}' by the parameter '{parameter.Name}', which {service} does not take, and deploy refuses it. Give the "
                    + "parameter another value.",
                IsWarning: true
            );
        }
    }
}
