using Aspire.Hosting;
using Hosting.Fargate.Publishing;
using Hosting.Fargate.Writing;

namespace Hosting.Fargate.Tests.Publishing;

/// <summary>What publish does with what is in its output folder already.</summary>
public sealed class OutputFolderTests : IDisposable
{
    private const string Nested = "shop.nested";
    private const string Images = "shop.images";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("output-folder-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_folder_that_is_not_there_is_made()
    {
        var outcomes = await WriteTo("a/b", Template("A"));
        Assert.Equal([new FileOutcome("shop.template.yaml", FileChange.New)], outcomes);
        Assert.True(File.Exists(PathOf("a/b/shop.template.yaml")));
    }

    [Fact]
    public async Task The_same_content_gives_the_same_bytes_and_leaves_the_file_alone()
    {
        await Write(Template("A"), new("README.md", "# Shop\n"));
        var before = Bytes();
        File.SetLastWriteTimeUtc(PathOf("shop.template.yaml"), DateTime.UnixEpoch);

        var outcomes = await Write(Template("A"), new("README.md", "# Shop\n"));
        Assert.All(outcomes, outcome => Assert.Equal(FileChange.None, outcome.Change));
        Assert.Equal(before, Bytes());
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(PathOf("shop.template.yaml")));
    }

    [Fact]
    public async Task A_template_keeps_its_comment_and_says_in_it_what_was_written()
    {
        await Write(Template("A"));
        var lines = await File.ReadAllLinesAsync(PathOf("shop.template.yaml"));
        Assert.Matches("^# Made by publish[.] Content [0-9a-f]{16}[.]$", lines[0]);
        Assert.Equal("Description: A", lines[1]);
    }

    [Fact]
    public async Task A_README_says_in_a_comment_that_its_reader_does_not_see_what_was_written()
    {
        await Write(new PublishedFile("README.md", "# Shop\n"));
        var lines = await File.ReadAllLinesAsync(PathOf("README.md"));
        Assert.Matches("^<!-- Made by publish from the model: .* Content [0-9a-f]{16}[.] -->$", lines[0]);
        Assert.Equal("# Shop", lines[1]);
    }

    [Fact]
    public async Task What_publish_wrote_is_overwritten()
    {
        await Write(Template("A"), new("shop.parameters.json", "[]\n"));
        var outcomes = await Write(Template("B"), new("shop.parameters.json", "[1]\n"));
        Assert.All(outcomes, outcome => Assert.Equal(FileChange.Changed, outcome.Change));
        Assert.Contains("Description: B", await File.ReadAllTextAsync(PathOf("shop.template.yaml")));
        Assert.Equal("[1]\n", await File.ReadAllTextAsync(PathOf("shop.parameters.json")));
    }

    [Fact]
    public async Task Other_ends_of_lines_are_no_edit()
    {
        await Write(Template("A"));
        var path = PathOf("shop.template.yaml");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).ReplaceLineEndings("\r\n"));
        Assert.Equal([new FileOutcome("shop.template.yaml", FileChange.Changed)], await Write(Template("A")));
        Assert.DoesNotContain('\r', await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task A_parameters_file_that_was_changed_is_written_again()
    {
        await Write(new PublishedFile("shop.parameters.json", "[]\n"));
        await File.WriteAllTextAsync(PathOf("shop.parameters.json"), "[2]\n");
        await Write(new PublishedFile("shop.parameters.json", "[]\n"));
        Assert.Equal("[]\n", await File.ReadAllTextAsync(PathOf("shop.parameters.json")));
    }

    [Fact]
    public async Task Files_that_were_made_or_changed_by_hand_are_refused_all_at_once_and_nothing_is_written()
    {
        await Write(Template("A"), new("a.template.yaml", "# Made by publish.\nA: 1\n"));
        await File.AppendAllTextAsync(PathOf("shop.template.yaml"), "Outputs: {}\n");
        await File.WriteAllTextAsync(PathOf("README.md"), "# My own\n");
        var before = Bytes();

        var refusal = await Refusal(
            new("a.template.yaml", "# Made by publish.\nA: 2\n"),
            Template("B"),
            new("README.md", "# Shop\n"),
            new("new.json", "{}")
        );
        Assert.Equal(
            string.Join(
                Environment.NewLine,
                $"Nothing was written to '{_folder.FullName}', for publish overwrites no file that was made or changed by hand:",
                "  - 'shop.template.yaml' was changed after publish wrote it. Make the change in the AppHost, where deploy sees it too "
                    + "(ConfigureTemplate of the environment, Configure of a service), and delete the file.",
                "  - 'README.md' was not written by publish. Move it, or publish elsewhere with --output-path."
            ),
            refusal
        );
        Assert.Equal(before, Bytes());
    }

    [Fact]
    public async Task A_README_that_was_changed_is_refused_in_words_of_its_own()
    {
        await Write(new PublishedFile("README.md", "# Shop\n"));
        await File.AppendAllTextAsync(PathOf("README.md"), "Call Eve when it is down.\n");
        Assert.EndsWith(
            "'README.md' was changed after publish wrote it. Keep your text in a file of another name, and delete this one.",
            await Refusal(new PublishedFile("README.md", "# Shop\n"))
        );
    }

    [Fact]
    public async Task An_edit_counts_wherever_it_is_even_where_the_mark_was_moved_or_taken_away()
    {
        await Write(Template("A"));
        var path = PathOf("shop.template.yaml");
        var written = await File.ReadAllTextAsync(path);
        var mark = written[..written.IndexOf('\n')];
        foreach (
            var edited in (string[])
                [written.Replace("A", "a"), "\n" + written, written[(mark.Length + 1)..], mark, "", written.Replace("Made", "made")]
        )
        {
            await File.WriteAllTextAsync(path, edited);
            await Refusal(Template("B"));
            Assert.Equal(edited, await File.ReadAllTextAsync(path));
        }
    }

    [Fact]
    public async Task Templates_of_stacks_that_are_no_more_are_removed()
    {
        var key = new string('0', 64);
        await Write(
            new($"{Nested}/shop-api.template.yaml", "# X.\nA: 1\n"),
            new($"{Nested}/shop-worker.template.yaml", "# X.\nB: 1\n"),
            new($"{Nested}/{key}.template.json", "{}")
        );
        await File.WriteAllTextAsync(PathOf($"{Nested}/notes.txt"), "mine");
        await File.WriteAllTextAsync(PathOf($"{Nested}/mine.template.yaml"), "A: 1\n");

        var outcomes = await Write(new PublishedFile($"{Nested}/shop-api.template.yaml", "# X.\nA: 1\n"));
        Assert.Equal(
            [
                new FileOutcome($"{Nested}/shop-api.template.yaml", FileChange.None),
                new FileOutcome($"{Nested}/{key}.template.json", FileChange.Removed),
                new FileOutcome($"{Nested}/shop-worker.template.yaml", FileChange.Removed),
            ],
            outcomes
        );
        Assert.Equal(
            ["mine.template.yaml", "notes.txt", "shop-api.template.yaml"],
            Directory.EnumerateFiles(PathOf(Nested)).Select(Path.GetFileName).Order()
        );
    }

    [Fact]
    public async Task A_template_that_is_no_more_and_was_changed_is_refused()
    {
        await Write(Template("A"), new($"{Nested}/shop-api.template.yaml", "# X.\nA: 1\n"));
        await File.AppendAllTextAsync(PathOf($"{Nested}/shop-api.template.yaml"), "B: 1\n");
        Assert.Contains($"'{Nested}/shop-api.template.yaml' was changed after publish wrote it.", await Refusal(Template("A")));
        Assert.True(File.Exists(PathOf($"{Nested}/shop-api.template.yaml")));
    }

    [Fact]
    public async Task Templates_of_another_environment_stay()
    {
        await Write(new PublishedFile("shop-staging.template.yaml", "# X.\nA: 1\n"));
        await Write(Template("A"));
        Assert.True(File.Exists(PathOf("shop-staging.template.yaml")));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_is_said_in_one_sentence()
    {
        await File.WriteAllTextAsync(PathOf("taken"), "");
        var exception = await Assert.ThrowsAsync<DistributedApplicationException>(() => WriteTo("taken", Template("A")));
        Assert.StartsWith($"The templates cannot be written to '{PathOf("taken")}': ", exception.Message);
    }

    [Fact]
    public async Task Nothing_is_left_half_written_where_publish_is_stopped()
    {
        await Write(Template("A"));
        var before = Bytes();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new OutputFolder(_folder.FullName).WriteAsync([Template("B")], Nested, Images, new CancellationToken(canceled: true))
        );
        Assert.Equal(before, Bytes());
    }

    private static PublishedFile Template(string description) =>
        new("shop.template.yaml", $"# Made by publish.\nDescription: {description}\n");

    private Task<IReadOnlyList<FileOutcome>> Write(params PublishedFile[] files) => WriteTo("", files);

    private Task<IReadOnlyList<FileOutcome>> WriteTo(string folder, params PublishedFile[] files) =>
        new OutputFolder(PathOf(folder)).WriteAsync(files, Nested, Images, TestContext.Current.CancellationToken);

    private async Task<string> Refusal(params PublishedFile[] files) =>
        (await Assert.ThrowsAsync<DistributedApplicationException>(() => Write(files))).Message;

    private string PathOf(string name) => Path.Combine(_folder.FullName, name).TrimEnd('/');

    private Dictionary<string, string> Bytes() =>
        _folder
            .EnumerateFiles("*", SearchOption.AllDirectories)
            .ToDictionary(
                file => Path.GetRelativePath(_folder.FullName, file.FullName),
                file => Convert.ToBase64String(File.ReadAllBytes(file.FullName))
            );
}
