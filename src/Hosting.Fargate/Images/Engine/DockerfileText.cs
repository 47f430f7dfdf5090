using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Hosting.Fargate.Application;
using Hosting.Fargate.Markup;

namespace Hosting.Fargate.Images;

/// <summary>What a Dockerfile builds on.</summary>
internal static partial class DockerfileText
{
    /// <summary>The images that it names, with arguments filled in, without its own stages.</summary>
    /// <param name="text">The Dockerfile.</param>
    /// <param name="architecture">The processor that it is built for.</param>
    /// <param name="arguments">The build arguments.</param>
    /// <param name="images">The arguments that name images which are built beside it, and no registry's.</param>
    public static IReadOnlyList<string> BasesOf(
        string text,
        Architecture architecture,
        IReadOnlyDictionary<string, string> arguments,
        IReadOnlyCollection<string>? images = null
    )
    {
        var values = Platforms(architecture);
        HashSet<string> stages = new(StringComparer.OrdinalIgnoreCase) { "scratch" };
        List<string> bases = [];
        var isBefore = true;
        foreach (var instruction in DockerfileInstruction.Read(text))
        {
            switch (instruction.Name)
            {
                case "ARG" when isBefore:
                    foreach (
                        var (name, value) in instruction
                            .Words.Select(word => word.Split('=', 2))
                            .Select(pair => (pair[0], pair.ElementAtOrDefault(1)))
                    )
                    {
                        if (arguments.TryGetValue(name, out var given))
                        {
                            values[name] = given;
                        }
                        else if (value is not null)
                        {
                            values[name] = Fill(value);
                        }
                    }

                    break;
                case "FROM":
                    isBefore = false;
                    string[] words = [.. instruction.Words];
                    if (words.Length > 0)
                    {
                        Add(words[0]);
                    }

                    if (words is [_, var As, var stage, ..] && As.Equals("AS", StringComparison.OrdinalIgnoreCase))
                    {
                        stages.Add(stage);
                    }

                    break;
                case "COPY" when instruction.Flags.Select(flag => From().Match(flag)).FirstOrDefault(match => match.Success) is { } copy:
                    Add(copy.Groups["image"].Value);
                    break;
                case "RUN":
                    foreach (var mount in instruction.Flags.Select(flag => MountFrom().Match(flag)).Where(match => match.Success))
                    {
                        Add(mount.Groups["image"].Value);
                    }

                    break;
            }
        }

        return bases;

        string Fill(string value) => DockerfileVariables.Fill(value, values.GetValueOrDefault);

        void Add(string name)
        {
            if (images is not null && Use().Match(name) is { Success: true } use && images.Contains(use.Groups[1].Value))
            {
                return;
            }

            // A number is a stage's, by its place.
            var filled = Fill(name);
            if (!filled.All(char.IsAsciiDigit) && !stages.Contains(filled) && !bases.Contains(filled))
            {
                bases.Add(filled);
            }
        }
    }

    /// <summary>
    /// Whether a build takes what the builder before BuildKit does not know: mounts, secrets, texts of several lines, a list of its own of
    /// what is left out, the platforms by their names.
    /// </summary>
    public static bool NeedsBuildKit(EngineBuild build, string text) =>
        build.Secrets.Length > 0
        || build.Ignored is not null
        || DockerfileInstruction
            .Read(text)
            .Any(instruction =>
                instruction.HasDocument
                || (instruction.Name is "RUN" or "COPY" or "ADD" && instruction.Flags.Any(flag => BuildKitAlone().IsMatch(flag)))
                || (instruction.Name is "FROM" or "ARG" && PlatformAlone().IsMatch(instruction.Arguments))
            );

    /// <summary>https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope</summary>
    private static Dictionary<string, string> Platforms(Architecture architecture)
    {
        var target = architecture == Architecture.Arm64 ? "arm64" : "amd64";
        var machine = RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "amd64";
        return new(StringComparer.Ordinal)
        {
            ["TARGETPLATFORM"] = $"linux/{target}",
            ["TARGETOS"] = "linux",
            ["TARGETARCH"] = target,
            ["BUILDPLATFORM"] = $"linux/{machine}",
            ["BUILDOS"] = "linux",
            ["BUILDARCH"] = machine,
        };
    }

    [GeneratedRegex(
        @"\A--(?:mount|network|security|device|link|chmod|parents|exclude|checksum|keep-git-dir|unpack)(?:=|\z)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex BuildKitAlone();

    /// <summary>Where one is used, or declared without a value of its own.</summary>
    [GeneratedRegex(@"\$\{?(?:BUILD|TARGET)(?:PLATFORM|OS|ARCH|VARIANT)\b|(?<!\S)(?:BUILD|TARGET)(?:PLATFORM|OS|ARCH|VARIANT)(?!\S)")]
    private static partial Regex PlatformAlone();

    [GeneratedRegex(@"\A--from=(?<image>.+)\z", RegexOptions.IgnoreCase)]
    private static partial Regex From();

    [GeneratedRegex(@"\A--mount=(?:.*,)?from=(?<image>[^,]+)", RegexOptions.IgnoreCase)]
    private static partial Regex MountFrom();

    [GeneratedRegex(@"\$\{?(\w+)")]
    private static partial Regex Use();
}
