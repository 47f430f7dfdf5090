using System.IO.Compression;

namespace Packages.Tests;

/// <summary>A folder as a NuGet feed, with packages of the official ids and versions that hold nothing.</summary>
internal static class Feed
{
    public static async Task WriteAsync(string folder, IEnumerable<KeyValuePair<string, string>> packages)
    {
        Directory.CreateDirectory(folder);
        foreach (var (id, version) in packages)
        {
            await using var file = File.Create(Path.Combine(folder, $"{id}.{version}.nupkg"));
            await using var package = new ZipArchive(file, ZipArchiveMode.Create);
            await using var nuspec = new StreamWriter(await package.CreateEntry($"{id}.nuspec").OpenAsync());
            await nuspec.WriteAsync(
                $"""
                <package>
                  <metadata><id>{id}</id><version>{version}</version><authors>tests</authors><description>Empty.</description></metadata>
                </package>
                """
            );
        }
    }
}
