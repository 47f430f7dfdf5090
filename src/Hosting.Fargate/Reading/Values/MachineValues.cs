using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Text that means something on the machine that publishes and nothing in a task: its paths are refused, and what may be meant so is told.
/// Only what the model writes itself is looked at, not what becomes of its endpoints.
/// </summary>
/// <param name="appHostDirectory">The folder of the AppHost's project.</param>
/// <param name="refusals">Takes what can be right nowhere.</param>
internal sealed partial class MachineValues(string appHostDirectory, Refusals refusals)
{
    /// <summary>Variables that say on what a program listens, or under what names it may be called.</summary>
    private static readonly HashSet<string> s_listening = new(
        ["ASPNETCORE_URLS", "DOTNET_URLS", "URLS", "ALLOWEDHOSTS", "ALLOWED_HOSTS", "RABBITMQ_NODENAME"],
        StringComparer.OrdinalIgnoreCase
    );

    private readonly HashSet<Notice> _notices = [];

    /// <summary>What works as it is written, and is hardly meant so.</summary>
    public IEnumerable<Notice> Notices => _notices;

    public void Check(string text, ValueUse use)
    {
        if (Folders().Any(folder => IsIn(text, folder)))
        {
            refusals.Add(
                use.Resource.Name,
                $"{use} holds a path of this machine, of the AppHost's folder or beside it, which a task on "
                    + "AWS does not have. Copy the file into the image and name it as it is there, keep data in a volume (WithVolume), or give "
                    + "the value in run mode alone (builder.ExecutionContext.IsRunMode)."
            );
        }
        else if (WindowsPath().IsMatch(text))
        {
            refusals.Add(
                use.Resource.Name,
                $"{use} holds a path of Windows, and its tasks run Linux. Name the file as it is in the image, "
                    + "or give the value in run mode alone (builder.ExecutionContext.IsRunMode)."
            );
        }

        if (StackOutput().Match(text) is { Success: true } output)
        {
            refusals.Add(
                use.Resource.Name,
                $"{use} is the output '{output.Groups["output"].Value}' of the stack "
                    + $"'{output.Groups["stack"].Value}' (GetOutput), which deploy does not read. Give its value where the model is published: "
                    + $"builder.AddParameter(\"{output.Groups["stack"].Value}-{output.Groups["output"].Value}\")."
            );
        }

        if (DatabaseFile().Match(text) is { Success: true } file && !IsInVolume(file.Groups["path"].Value, use.Resource.Resource))
        {
            Tell(
                use,
                $"keeps a database in the file '{file.Groups["path"].Value}' ({NameOf(use)}), on the disk of its task, with which it "
                    + "ends. Put it into a volume (WithVolume), or use a database that all tasks share."
            );
        }

        // What an integration tells the program of a public image, such as where to listen, is the program's own business.
        if (
            Loopback().IsMatch(text)
            && use.Resource.Options.Sidecars.Count == 0
            && (use.Resource.Known is null || use.Resource.Resource.GetType() == typeof(ContainerResource))
            && !(use.Variable is { } variable && (s_listening.Contains(variable) || variable.StartsWith("OTEL_", StringComparison.Ordinal)))
        )
        {
            Tell(
                use,
                $"is told of 'localhost' ({NameOf(use)}), which in a task is the task itself. For another resource of the model give "
                    + $"its endpoint (resource.GetEndpoint(\"…\")), for what is here only give the value in run mode alone "
                    + "(builder.ExecutionContext.IsRunMode)."
            );
        }
    }

    private static string NameOf(ValueUse use) => use.Variable ?? "an argument";

    private void Tell(ValueUse use, string text) => _notices.Add(new Notice(use.Resource.Name, text, IsWarning: true));

    /// <summary>
    /// The AppHost's folder and the one around it, as far as their names are long enough to be no folder of an image: /app and /src are.
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

    /// <summary>What Aspire.Hosting.AWS gives for an output of a stack where the model is published.</summary>
    [GeneratedRegex(@"\A\{(?<stack>[A-Za-z0-9-]+)\.output\.(?<output>[A-Za-z0-9]+)\}\z")]
    private static partial Regex StackOutput();

    [GeneratedRegex(@"(?:^|[=;""'\s])[A-Za-z]:\\")]
    private static partial Regex WindowsPath();

    /// <summary>SQLite's words for its file: https://learn.microsoft.com/dotnet/standard/data/sqlite/connection-strings.</summary>
    [GeneratedRegex(@"(?:^|;)\s*(?:Data ?Source|Filename)\s*=\s*(?<path>/[^;?]+)", RegexOptions.IgnoreCase)]
    private static partial Regex DatabaseFile();

    [GeneratedRegex(
        @"(?:://(?:[^/@\s]*@)?|\b(?:host|server|data ?source|endpoint|address|servers)\s*=\s*(?:tcp:)?|^|,)"
            + @"(?:localhost|127\.0\.0\.1|\[::1\])(?::\d*)?(?=[/;,?\s]|$)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Loopback();
}
