using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Publishing;

namespace Hosting.Fargate.Tests.Publishing.Images;

/// <summary>A checkout of its own, with an AppHost's folder and its neighbours in it.</summary>
internal sealed class Checkout : IDisposable
{
    private static int s_count;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory($"checkout{new string('y', s_count++)}-");

    public Checkout()
    {
        Directory.CreateDirectory(PathOf(".git"));
        Directory.CreateDirectory(AppHost);
    }

    /// <summary>The folder of the AppHost.</summary>
    public string AppHost => PathOf("AppHost");

    /// <summary>A path from the top of the checkout.</summary>
    public string PathOf(string path) => Path.Combine(_folder.FullName, path);

    public string Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        System.IO.File.WriteAllText(PathOf(path), text);
        return PathOf(path);
    }

    public async Task<Publication> PublishAsync(Action<IDistributedApplicationBuilder> model) =>
        (await Published.InFolderAsync(AppHost, model)).Publication;

    public Task<(Publication Publication, DistributedApplicationModel Model)> ModelAsync(Action<IDistributedApplicationBuilder> model) =>
        Published.InFolderAsync(AppHost, model);

    /// <summary>That a model is refused for one reason.</summary>
    public async Task RefusesAsync(Action<IDistributedApplicationBuilder> model, params string[] words)
    {
        var message = await Published.RefusalAsync(AppHost, model);
        Assert.StartsWith("The model cannot be published to 'shop' (one problem):", message, StringComparison.Ordinal);
        Assert.All(words, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
