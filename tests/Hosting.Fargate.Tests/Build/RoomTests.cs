using System.Text.RegularExpressions;

namespace Hosting.Fargate.Tests.Build;

/// <summary>Arrows point one way: docs/architecture.md has the picture.</summary>
public sealed partial class RoomTests
{
    private const string Library = "src/Hosting.Fargate";

    /// <summary>Each knows those before it, and none after it.</summary>
    private static readonly string[] s_rooms =
    [
        "Markup",
        "Application",
        "Aws",
        "Costs",
        "Data",
        "Reading",
        "Composing",
        "Validation",
        "Policies",
        "Writing",
        "Publishing",
        "CommandLine",
        "Reporting",
        "Images",
        "Stacks",
        "Deploying",
    ];

    /// <summary>What an author of an AppHost sees. Steps begin in the environment, so that it alone knows rooms.</summary>
    private static readonly string[] s_face = ["Options", "Resources", "Emulator", "Polyglot", "Environment"];

    /// <summary>What each project references; the AppHost all that it runs.</summary>
    private static readonly Dictionary<string, string[]> s_projects = new()
    {
        ["Aws.CloudFormation"] = [],
        ["Aws.Ecs"] = [],
        ["LocalAws"] = [],
        ["Profiles"] = [],
        ["Hosting.Fargate"] = ["Aws.CloudFormation"],
        ["ServiceDefaults"] = ["Aws.Ecs"],
        ["Api"] = ["Profiles", "ServiceDefaults"],
        ["Worker"] = ["Profiles", "ServiceDefaults"],
        ["AppHost"] = ["Api", "Hosting.Fargate", "LocalAws", "Worker"],
    };

    public static TheoryData<string> Rooms => [.. s_rooms];

    [Fact]
    public void Every_folder_is_a_room() =>
        Assert.Equal(
            s_rooms.Concat(s_face).Order(StringComparer.Ordinal),
            Directory
                .GetDirectories(Repository.PathOf(Library))
                .Select(folder => Path.GetFileName(folder))
                .Where(name => name is not ("bin" or "obj"))
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void A_folder_is_small_enough_to_know_one_s_way_in() =>
        Assert.All(
            Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories).GroupBy(Path.GetDirectoryName),
            folder => Assert.True(folder.Sum(file => File.ReadLines(file).Count()) <= 2000, $"{folder.Key} has more than 2,000 lines.")
        );

    [Fact]
    public void A_file_has_one_idea_and_fits_into_a_head() =>
        Assert.All(Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories), file =>
            Assert.True(File.ReadLines(file).Count() <= 300, $"{file} has more than 300 lines.")
        );

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_knows_those_before_it(string room)
    {
        var after = s_rooms[(Array.IndexOf(s_rooms, room) + 1)..];
        Assert.DoesNotContain(Uses(room), use => after.Contains(use.Room));
    }

    [Fact]
    public void What_an_author_sees_knows_no_room_but_the_lowest() =>
        Assert.DoesNotContain(s_face[..^1].SelectMany(Uses), use => use.Room is not ("Markup" or "Application"));

    [Fact]
    public void A_project_references_what_it_is_made_of() =>
        Assert.Equal(
            s_projects
                .OrderBy(entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => $"{entry.Key}: {string.Join(", ", entry.Value)}"),
            Directory
                .EnumerateFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories)
                .OrderBy(Path.GetFileNameWithoutExtension, StringComparer.Ordinal)
                .Select(file =>
                    $"{Path.GetFileNameWithoutExtension(file)}: "
                    + string.Join(
                        ", ",
                        Reference()
                            .Matches(File.ReadAllText(file))
                            .Select(match => match.Groups["name"].Value)
                            .Distinct()
                            .Order(StringComparer.Ordinal)
                    )
                )
        );

    private static IEnumerable<(string File, string Room)> Uses(string room) =>
        from file in Directory.EnumerateFiles(Repository.PathOf($"{Library}/{room}"), "*.cs", SearchOption.AllDirectories)
        from match in Use().Matches(File.ReadAllText(file))
        select (Path.GetFileName(file), match.Groups["room"].Value);

    [GeneratedRegex(@"^using (static |\w+ = )?Hosting\.Fargate\.(?<room>\w+)", RegexOptions.Multiline)]
    private static partial Regex Use();

    [GeneratedRegex(@"<ProjectReference Include=""[^""]*/(?<name>[\w.]+)\.csproj""")]
    private static partial Regex Reference();
}
