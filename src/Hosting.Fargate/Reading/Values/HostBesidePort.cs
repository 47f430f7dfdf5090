using System.Globalization;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Reading;

/// <summary>
/// This machine's name in one variable and the port in another, as programs that take them apart are told:
/// <c>SMTP_HOST=localhost</c> and <c>SMTP_PORT=1025</c>, <c>Database__Host</c> and <c>Database__Port</c>.
/// </summary>
/// <param name="ports">The ports that endpoints of the model have on this machine.</param>
internal sealed partial class HostBesidePort(LaptopPorts ports)
{
    private readonly Dictionary<Place, Told> _variables = [];

    /// <summary>Notes what a resource is told, by which the port beside a host is found once all is.</summary>
    public void Note(string resource, string variable, string text) =>
        _variables.TryAdd(new(resource, Plain(variable)), new(variable, text.Trim()));

    /// <summary>What to write for a variable that has a host alone; null where nothing says which endpoint is meant.</summary>
    public string? InPlaceOf(string resource, string variable)
    {
        if (Host().Match(Plain(variable)) is not { Success: true } match)
        {
            return null;
        }

        var stem = match.Groups["stem"].Value;
        var section = variable.LastIndexOf("__", StringComparison.Ordinal) is > 0 and var end ? Plain(variable[..end]) : stem;
        foreach (var name in (string[])[$"{stem}port", $"{section}port"])
        {
            if (
                _variables.TryGetValue(new(resource, name), out var port)
                && int.TryParse(port.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && ports.Find(number) is { } beside
            )
            {
                return $"Here port {number} ({port.Name}) leads to '{beside.Resource.Name}': give {Written(beside, "Host")} in its place, and "
                    + $"{Written(beside, "Port")} for {port.Name}. ";
            }
        }

        return ports.FindByName(name => Plain(name) == stem) is { } called
            ? $"By its name it is that of '{called.Resource.Name}': give {Written(called, "Host")} in its place, and "
                + $"{Written(called, "Port")} for its port. "
            : null;
    }

    private static string Written(EndpointReference endpoint, string property) =>
        $"{endpoint.Resource.Name}.GetEndpoint(\"{endpoint.EndpointName}\").Property(EndpointProperty.{property})";

    /// <summary>A name without what some write between its words and others do not.</summary>
    private static string Plain(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    [GeneratedRegex(@"\A(?<stem>.+?)(?:(?:host|server|broker|node|contactpoint)(?:names?|s)?|addr(?:ess)?|ip)\d*\z")]
    private static partial Regex Host();

    private sealed record Place(string Resource, string Variable);

    private sealed record Told(string Name, string Text);
}
