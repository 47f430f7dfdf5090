using System.Formats.Tar;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Testing.Docker;

/// <summary>
/// A base image like Microsoft's for ASP.NET Core, made of the runtime and the few libraries of this machine, so that none is downloaded:
/// its user is 1654, its port 8080, and it has no shell.
/// </summary>
internal static class RuntimeImage
{
    private const string Manifest = "application/vnd.docker.distribution.manifest.v2+json";

    private static readonly string[] s_libraries =
    [
        "libc.so.6",
        "libm.so.6",
        "libdl.so.2",
        "libpthread.so.0",
        "librt.so.1",
        "libgcc_s.so.1",
        "libstdc++.so.6",
        "libssl.so.3",
        "libcrypto.so.3",
        "libnss_files.so.2",
        "libnss_dns.so.2",
        "libresolv.so.2",
        "libz.so.1",
    ];

    private static string Triplet => RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "aarch64-linux-gnu" : "x86_64-linux-gnu";

    /// <summary>Makes it and pushes it to a registry.</summary>
    /// <returns>Its name.</returns>
    public static async Task<string> PushAsync(string registry)
    {
        const string Repository = "dotnet/aspnet";
        using var http = new HttpClient { BaseAddress = new Uri($"http://{registry}") };
        (string Name, byte[] Tar)[] layers = [("libraries", await TarAsync(AddSystemAsync)), ("runtime", await TarAsync(AddRuntimeAsync))];
        var config = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                architecture = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "amd64",
                os = "linux",
                created = "2026-01-01T00:00:00Z",
                config = new
                {
                    Env = new[]
                    {
                        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                        "APP_UID=1654",
                        "ASPNETCORE_HTTP_PORTS=8080",
                        "DOTNET_RUNNING_IN_CONTAINER=true",
                        "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=true",
                        $"DOTNET_VERSION={Environment.Version}",
                        $"ASPNET_VERSION={Environment.Version}",
                    },
                },
                rootfs = new { type = "layers", diff_ids = layers.Select(layer => Digest(layer.Tar)) },
                history = layers.Select(layer => new { created_by = layer.Name }),
            }
        );
        List<object> pushed = [];
        foreach (var layer in layers)
        {
            var zipped = Zip(layer.Tar);
            pushed.Add(
                new
                {
                    mediaType = "application/vnd.docker.image.rootfs.diff.tar.gzip",
                    size = zipped.Length,
                    digest = await BlobAsync(http, Repository, zipped),
                }
            );
        }

        var manifest = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                schemaVersion = 2,
                mediaType = Manifest,
                config = new
                {
                    mediaType = "application/vnd.docker.container.image.v1+json",
                    size = config.Length,
                    digest = await BlobAsync(http, Repository, config),
                },
                layers = pushed,
            }
        );
        using var content = Content(manifest, Manifest);
        using var put = await http.PutAsync($"/v2/{Repository}/manifests/10.0", content);
        put.EnsureSuccessStatusCode();
        return $"{registry}/{Repository}:10.0";
    }

    private static async Task AddSystemAsync(TarWriter tar)
    {
        foreach (
            var folder in new[]
            {
                "etc",
                "tmp",
                "usr",
                "usr/bin",
                "usr/lib",
                $"usr/lib/{Triplet}",
                "usr/lib64",
                "app",
                "home",
                "home/app",
                "proc",
                "sys",
                "dev",
                "run",
                "var",
                "etc/ssl",
                "etc/ssl/certs",
            }
        )
        {
            await tar.WriteEntryAsync(
                new PaxTarEntry(TarEntryType.Directory, folder) { Mode = folder == "tmp" ? (UnixFileMode)0x3FF : (UnixFileMode)0x1ED }
            );
        }

        await LinkAsync(tar, "lib", "usr/lib");
        await LinkAsync(tar, "lib64", "usr/lib64");
        foreach (var library in s_libraries.Select(name => Path.Combine("/usr/lib", Triplet, name)).Where(File.Exists))
        {
            await FileAsync(tar, library[1..], library);
        }

        var loader = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "/lib/ld-linux-aarch64.so.1" : "/lib64/ld-linux-x86-64.so.2";
        await FileAsync(tar, $"usr{loader}", loader);
        if (File.Exists("/etc/ssl/certs/ca-certificates.crt"))
        {
            await FileAsync(tar, "etc/ssl/certs/ca-certificates.crt", "/etc/ssl/certs/ca-certificates.crt");
        }

        await TextAsync(tar, "etc/passwd", "root:x:0:0:root:/:/sbin/nologin\napp:x:1654:1654::/home/app:/sbin/nologin\n");
        await TextAsync(tar, "etc/group", "root:x:0:\napp:x:1654:\n");
        await TextAsync(tar, "etc/nsswitch.conf", "hosts: files dns\n");
        await TextAsync(tar, "etc/os-release", "ID=test-base\n");
    }

    private static async Task AddRuntimeAsync(TarWriter tar)
    {
        // …/shared/Microsoft.NETCore.App/10.0.0/
        var shared = new DirectoryInfo(RuntimeEnvironment.GetRuntimeDirectory()).Parent!.Parent!;
        var root = shared.Parent!.FullName;
        await FileAsync(tar, "usr/share/dotnet/dotnet", Path.Combine(root, "dotnet"));
        foreach (
            var folder in new[]
            {
                Path.Combine(root, "host"),
                Path.Combine(shared.FullName, "Microsoft.NETCore.App"),
                Path.Combine(shared.FullName, "Microsoft.AspNetCore.App"),
            }
        )
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                await FileAsync(tar, $"usr/share/dotnet/{Path.GetRelativePath(root, file)}", file);
            }
        }

        await LinkAsync(tar, "usr/bin/dotnet", "/usr/share/dotnet/dotnet");
    }

    private static async Task<byte[]> TarAsync(Func<TarWriter, Task> add)
    {
        using var memory = new MemoryStream();
        await using (var writer = new TarWriter(memory, leaveOpen: true))
        {
            await add(writer);
        }

        return memory.ToArray();
    }

    private static async Task FileAsync(TarWriter tar, string name, string file)
    {
        await using var data = File.OpenRead(File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file);
        await tar.WriteEntryAsync(
            new PaxTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = data,
                Mode = (UnixFileMode)0x1ED,
                ModificationTime = DateTimeOffset.UnixEpoch,
            }
        );
    }

    private static async Task TextAsync(TarWriter tar, string name, string text)
    {
        using var data = new MemoryStream(Encoding.UTF8.GetBytes(text));
        await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = data, Mode = (UnixFileMode)0x1A4 });
    }

    private static Task LinkAsync(TarWriter tar, string name, string target) =>
        tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.SymbolicLink, name) { LinkName = target });

    private static byte[] Zip(byte[] tar)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(tar);
        }

        return memory.ToArray();
    }

    private static async Task<string> BlobAsync(HttpClient http, string repository, byte[] bytes)
    {
        using var start = await http.PostAsync($"/v2/{repository}/blobs/uploads/", null);
        var location = start.Headers.Location!.ToString();
        using var blob = Content(bytes, "application/octet-stream");
        using var end = await http.PutAsync($"{location}{(location.Contains('?') ? '&' : '?')}digest={Digest(bytes)}", blob);
        end.EnsureSuccessStatusCode();
        return Digest(bytes);
    }

    private static ByteArrayContent Content(byte[] bytes, string type)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }

    private static string Digest(byte[] bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
}
