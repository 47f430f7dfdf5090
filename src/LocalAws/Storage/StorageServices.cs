using Microsoft.Extensions.Options;

namespace LocalAws.Storage;

internal static class StorageServices
{
    private const string DatabaseFile = "localaws.db";

    /// <summary>Adds the database and the blobs, in the data folder or in memory.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services) =>
        services
            .AddSingleton(provider =>
            {
                var options = provider.GetRequiredService<IOptions<LocalAwsOptions>>().Value;
                return new DataFolder(Path.Combine(provider.GetRequiredService<IHostEnvironment>().ContentRootPath, options.DataPath));
            })
            .AddSingleton(provider => new Database(
                IsInMemory(provider) ? null : Path.Combine(provider.GetRequiredService<DataFolder>().Path, DatabaseFile)
            ))
            .AddSingleton<IBlobStore>(provider =>
                IsInMemory(provider) ? new MemoryBlobStore() : new FileBlobStore(provider.GetRequiredService<DataFolder>())
            );

    private static bool IsInMemory(IServiceProvider provider) => provider.GetRequiredService<IOptions<LocalAwsOptions>>().Value.InMemory;
}
