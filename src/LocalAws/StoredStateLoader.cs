using LocalAws.S3.Objects;
using LocalAws.Sqs.Queues;
using LocalAws.Storage;

namespace LocalAws;

/// <summary>Takes up what the last run left, before the first request is accepted.</summary>
internal sealed class StoredStateLoader(Database database, QueueDirectory queues, IBlobStore blobs) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await queues.LoadAsync();
        if (blobs is FileBlobStore files)
            files.DeleteExcept(await database.RunAsync(session => session.ReadAllBlobs().ToHashSet()));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
