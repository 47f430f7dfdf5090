using System.Globalization;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Text that means something on the machine that publishes and nothing in a task: its paths are refused, and what may be meant so is told.
/// Only what the model writes itself is looked at, not what becomes of its endpoints.
/// </summary>
/// <param name="appHostDirectory">The folder of the AppHost's project.</param>
/// <param name="ports">The ports that endpoints of the model have on this machine.</param>
/// <param name="refusals">Takes what can be right nowhere.</param>
internal sealed partial class MachineValues(string appHostDirectory, LaptopPorts ports, Refusals refusals)
{
    /// <summary>Variables that say on what a program listens, or under what names it may be called.</summary>
    private static readonly HashSet<string> s_listening = new(
        ["ASPNETCORE_URLS", "DOTNET_URLS", "URLS", "ALLOWEDHOSTS", "ALLOWED_HOSTS", "RABBITMQ_NODENAME"],
        StringComparer.OrdinalIgnoreCase
    );

    private static readonly HashSet<string> s_environments = new(
        ["ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"],
        StringComparer.OrdinalIgnoreCase
    );

    private readonly Lazy<string?> _checkout = new(() => CheckoutOf(appHostDirectory));
    private readonly HashSet<Notice> _notices = [];
    private readonly HashSet<DatabaseInFile> _files = [];

    private readonly HostBesidePort _beside = new(ports);

    /// <summary>What names this machine, which is told once it is known what is beside it.</summary>
    private readonly List<NamedHere> _named = [];

    /// <summary>What works as it is written, and is hardly meant so.</summary>
    public IEnumerable<Notice> Notices =>
        _named
            .GroupBy(named => new
            {
                named.Use.Resource.Name,
                named.Host,
                Reason = named.Why + InPlaceOf(named),
            })
            .Select(told =>
                Notice.Warning(
                    told.Key.Name,
                    $"is told of '{told.Key.Host}' ({string.Join(" and ", told.Select(named => NameOf(named.Use)).Distinct().Order(StringComparer.Ordinal))})",
                    told.Key.Reason
                )
            )
            .Concat(_notices);

    public void Check(string text, ValueUse use)
    {
        if (use.Variable is not null)
        {
            _beside.Note(use.Resource.Name, use.Variable, text);
        }

        if (Folders().FirstOrDefault(folder => IsIn(text, folder)) is { } found)
        {
            refusals.AddValue(
                use,
                $"holds a path of this machine, of the {(found == _checkout.Value ? "checkout" : "AppHost's folder or beside it")}, which a task on "
                    + "AWS does not have. Copy the file into the image and name it as it is there, keep data in a volume (WithVolume), or give "
                    + "the value in run mode alone (builder.ExecutionContext.IsRunMode)."
            );
        }
        else if (WindowsPath().IsMatch(text))
        {
            refusals.AddValue(
                use,
                "holds a path of Windows, and its tasks run Linux. Name the file as it is in the image, "
                    + "or give the value in run mode alone (builder.ExecutionContext.IsRunMode)."
            );
        }

        if (StackOutput().Match(text) is { Success: true } output)
        {
            refusals.AddValue(
                use,
                $"is the output '{output.Groups["output"].Value}' of the stack "
                    + $"'{output.Groups["stack"].Value}' (GetOutput), which deploy does not read. Give its value where the model is published: "
                    + $"builder.AddParameter(\"{output.Groups["stack"].Value}-{output.Groups["output"].Value}\")."
            );
        }

        if (
            DatabaseFile().Match(text) is { Success: true } file
            && !IsInVolume(file.Groups["path"].Value, use.Resource.Resource)
            && _files.Add(new(use.Resource.Name, file.Groups["path"].Value))
        )
        {
            Tell(
                use,
                $"keeps a database in the file '{file.Groups["path"].Value}' ({NameOf(use)}), on the disk of its task, with which it "
                    + "ends. Put it into a volume (WithVolume), or use a database that all tasks share."
            );
        }

        if (EngineSocket().IsMatch(text))
        {
            Tell(
                use,
                $"is told of the socket of a container engine ({NameOf(use)}), and on Fargate a task reaches none. What it starts there is a "
                    + "task of its own on AWS (RunTask of Amazon ECS, allowed by service.Allow)."
            );
        }

        if (text == "Development" && s_environments.Contains(use.Variable ?? ""))
        {
            Tell(
                use,
                $"runs as Development on AWS too ({use.Variable}): it shows its errors to whoever calls, and whatever else its program does for "
                    + "those who develop. Give it in run mode alone (builder.ExecutionContext.IsRunMode); the environment that is published is "
                    + "that of --environment."
            );
        }

        // What an integration tells the program of a public image, such as where to listen, is the program's own business.
        if (
            (use.Resource.Known is null || use.Resource.Resource.GetType() == typeof(ContainerResource))
            && !(use.Variable is { } variable && (s_listening.Contains(variable) || variable.StartsWith("OTEL_", StringComparison.Ordinal)))
        )
        {
            List<Match> here = [.. Here().Matches(text).Where(match => use.Resource.Options.Sidecars.Count == 0 || IsOfEngine(match))];
            if (here is [var first, ..])
            {
                var why = IsOfEngine(first)
                    ? ", which on AWS is nothing: it is the machine that a container engine runs on. "
                    : ", which in a task is the task itself. ";
                var host = IsOfEngine(first) || IsNamed(first) ? first.Groups["host"].Value : "localhost";
                _named.Add(new NamedHere(use, text, here, host, why));
            }
        }
    }

    /// <summary>Whether it is a name of its own for this machine: https://datatracker.ietf.org/doc/html/rfc6761#section-6.3.</summary>
    private static bool IsNamed(Match match) => match.Groups["host"].Value.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is the machine around a container, as engines and Aspire call it, and not the container itself.</summary>
    private static bool IsOfEngine(Match match) => match.Groups["host"].Value.EndsWith(".internal", StringComparison.OrdinalIgnoreCase);

    /// <summary>What to write: the endpoint, where the port says which one it is.</summary>
    private string InPlaceOf(NamedHere named)
    {
        var (use, text, here, _, _) = named;
        if (
            here is [{ Groups: var alone }]
            && alone["host"].Length == text.Length
            && use.Variable is not null
            && _beside.InPlaceOf(use.Resource.Name, use.Variable) is { } beside
        )
        {
            return beside + ForHereAlone;
        }

        List<EndpointReference> known =
        [
            .. here.Select(match => PortOf(match, text) is { } port ? ports.Find(port) : null)
                .OfType<EndpointReference>()
                .DistinctBy(reference => new { reference.Resource.Name, reference.EndpointName }),
        ];
        return known.Count > 0
            ? string.Concat(
                known.Select(reference =>
                    $"Here port {reference.EndpointAnnotation.Port} leads to '{reference.Resource.Name}': give "
                    + $"{reference.Resource.Name}.GetEndpoint(\"{reference.EndpointName}\") in its place, in a text by "
                    + "ReferenceExpression.Create($\"…\"). "
                )
            ) + ForHereAlone
            : (
                here is [{ Groups: var parts } only] && !IsNamed(only) && parts["host"].Length == text.Length
                    ? "Where it is what the program listens on: 0.0.0.0, for others reach nothing else. "
                    : ""
            )
                + "For another resource of the model give its endpoint (resource.GetEndpoint(\"…\")), for what is here only give the value in run "
                + "mode alone (builder.ExecutionContext.IsRunMode).";
    }

    private const string ForHereAlone = "Where it is meant for here alone: builder.ExecutionContext.IsRunMode.";

    private static int? PortOf(Match match, string text) =>
        (match.Groups["port"] is { Length: > 0 } port ? port : PortBeside().Match(text).Groups["port"])
            is { Success: true, Value: var digits }
        && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private sealed record DatabaseInFile(string Resource, string File);

    private static string NameOf(ValueUse use) => use.Variable ?? "an argument";

    private void Tell(ValueUse use, string text) => _notices.Add(new Notice(use.Resource.Name, text, IsWarning: true));

    /// <summary>
    /// The AppHost's folder, the one around it and the checkout, as far as their names are long enough to be no folder of an image: /app
    /// and /src are.
    /// </summary>
    private IEnumerable<string> Folders()
    {
        var folder = appHostDirectory.TrimEnd('/', '\\');
        if (Depth(folder) >= 2)
        {
            yield return folder;
        }

        if (Path.GetDirectoryName(folder) is { } around && Depth(around) >= 3)
        {
            yield return around;
        }

        if (_checkout.Value is { } checkout && Depth(checkout) >= 3)
        {
            yield return checkout;
        }
    }

    /// <summary>The top of the checkout that the AppHost is in; null without one.</summary>
    private static string? CheckoutOf(string folder)
    {
        var top = folder;
        while (top is not null && !Path.Exists(Path.Combine(top, ".git")))
        {
            top = Path.GetDirectoryName(top);
        }

        return top?.TrimEnd('/', '\\');
    }

    private static int Depth(string folder) => folder.Split('/', '\\').Count(part => part.Length > 0);

    private static bool IsIn(string text, string folder)
    {
        var start = text.IndexOf(folder, StringComparison.Ordinal);
        return start >= 0
            && (
                start + folder.Length == text.Length
                || !(char.IsLetterOrDigit(text[start + folder.Length]) || text[start + folder.Length] is '-' or '_' or '.')
            )
            && (start == 0 || !(char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '/' or '.' or '-' or '_'));
    }

    private static bool IsInVolume(string path, IResource resource) =>
        resource
            .Annotations.OfType<ContainerMountAnnotation>()
            .Any(mount => path.StartsWith(mount.Target.TrimEnd('/') + '/', StringComparison.Ordinal));

    /// <summary>https://docs.docker.com/reference/cli/dockerd/#daemon-socket-option, and that of Windows.</summary>
    [GeneratedRegex(@"/(?:docker|podman)\.sock\b|/pipe/docker_engine\b", RegexOptions.IgnoreCase)]
    private static partial Regex EngineSocket();

    /// <summary>What Aspire.Hosting.AWS gives for an output of a stack where the model is published.</summary>
    [GeneratedRegex(@"\A\{(?<stack>[A-Za-z0-9-]+)\.output\.(?<output>[A-Za-z0-9]+)\}\z")]
    private static partial Regex StackOutput();

    [GeneratedRegex(@"(?:^|[=;""'\s])[A-Za-z]:\\")]
    private static partial Regex WindowsPath();

    /// <summary>
    /// A file by its name, and SQLite's words for one: https://learn.microsoft.com/dotnet/standard/data/sqlite/connection-strings.
    /// </summary>
    [GeneratedRegex(
        @"(?:^|;)\s*(?:Data ?Source|Filename)\s*=\s*(?<path>/[^;?]+)|\A(?:sqlite:///)?(?<path>/[^;?]+\.(?:db3?|sqlite3?))\z",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex DatabaseFile();

    /// <summary>
    /// This machine, as a program knows it: https://docs.docker.com/desktop/features/networking/, and of Podman and Aspire
    /// https://docs.podman.io/en/latest/markdown/podman-run.1.html, KnownHostNames.
    /// </summary>
    [GeneratedRegex(
        @"(?:://(?:[^/@\s]*@)?|\b(?:host|server|data ?source|endpoint|address|servers)\s*=\s*(?:tcp:)?|^|,)"
            + @"(?<host>(?:[a-z0-9-]+\.)*localhost|127\.0\.0\.1|\[::1\]|host\.docker\.internal|gateway\.docker\.internal|host\.containers\.internal|aspire\.dev\.internal)"
            + @"(?::(?<port>\d*)|,(?<port>\d{2,5}))?(?=[/;,?\s]|$)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Here();

    [GeneratedRegex(@"(?:^|;)\s*port\s*=\s*(?<port>\d{2,5})\s*(?:;|$)", RegexOptions.IgnoreCase)]
    private static partial Regex PortBeside();

    /// <summary>A text that names this machine.</summary>
    private sealed record NamedHere(ValueUse Use, string Text, List<Match> Here, string Host, string Why);
}
