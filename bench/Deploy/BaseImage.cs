using System.Diagnostics;
using Bench.Publish;

namespace Bench.Deploy;

/// <summary>
/// A base image from this machine's own .NET runtime: the usual registry may be out of reach, and is not what is measured.
/// </summary>
internal static class BaseImage
{
    public static async Task PushAsync(string registry, string repository, string tag)
    {
        var runtime = Path.GetDirectoryName(Path.GetDirectoryName(typeof(object).Assembly.Location))!;
        var root = Directory.GetParent(Directory.GetParent(runtime)!.FullName)!.FullName;
        var script = Path.Combine(AppContext.BaseDirectory, "push_base_image.py");
        await new Command("push_base_image.py", "python3", script, registry, repository, tag, root).RunAsync();
    }
}
