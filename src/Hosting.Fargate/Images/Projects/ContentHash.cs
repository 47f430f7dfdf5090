using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Hosting.Fargate.Images;

/// <summary>The identity of an image: a hash of all that it is made of, the same wherever and whenever that is.</summary>
internal sealed class ContentHash : IDisposable
{
    private const string Prefix = "content-";

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public ContentHash(string kind) => Add(kind);

    /// <summary>Adds a text, with its length, so that two texts are never one.</summary>
    public void Add(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        _hash.AppendData(length);
        _hash.AppendData(bytes);
    }

    /// <summary>Adds a name and what is under it.</summary>
    public void Add(string name, byte[] content)
    {
        Add(name);
        _hash.AppendData(SHA256.HashData(content));
    }

    /// <summary>Adds the publish output of a project, in the order of names. The files are read side by side.</summary>
    public async Task AddProgramAsync(string folder, CancellationToken cancellationToken)
    {
        var files = new DirectoryInfo(folder)
            .EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Select(file => Path.GetRelativePath(folder, file.FullName).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .ToList();
        var contents = new byte[files.Count][];
        await Parallel.ForAsync(0, files.Count, cancellationToken, async (file, stop) =>
            contents[file] = await ProgramContent.HashAsync(Path.Combine(folder, files[file]), stop)
        );
        for (var file = 0; file < files.Count; file++)
        {
            Add(files[file]);
            _hash.AppendData(contents[file]);
        }
    }

    /// <summary>Adds files in the order of their names: name, whether it may be run, content.</summary>
    public async Task AddFilesAsync(string folder, IEnumerable<string> files, CancellationToken cancellationToken)
    {
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            var path = Path.Combine(folder, file);
            Add(file);
            if (new FileInfo(path).LinkTarget is { } target)
            {
                Add($"-> {target}");
                continue;
            }

            if (!OperatingSystem.IsWindows())
            {
                Add((File.GetUnixFileMode(path) & UnixFileMode.UserExecute) == 0 ? "file" : "program");
            }

            await using var content = File.OpenRead(path);
            _hash.AppendData(await SHA256.HashDataAsync(content, cancellationToken));
        }
    }

    /// <summary>The tag of the image.</summary>
    public string Tag => $"{Prefix}{Convert.ToHexStringLower(_hash.GetCurrentHash())}";

    /// <summary>Whether a tag is one of these.</summary>
    public static bool IsTag(string tag) =>
        tag.Length == Prefix.Length + 64
        && tag.StartsWith(Prefix, StringComparison.Ordinal)
        && tag.AsSpan(Prefix.Length).IndexOfAnyExcept("0123456789abcdef") < 0;

    public void Dispose() => _hash.Dispose();
}
