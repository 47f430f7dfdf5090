using Profiles;
using Testing;

namespace Api.Tests.Faults;

/// <summary>
/// An API in a process of its own whose S3 and SQS do what a test says, for the tests of a class. Its proxy gives up after 15 seconds.
/// </summary>
public sealed class FaultyApi(AwsEmulator aws) : IAsyncLifetime
{
    internal static TimeSpan ProxyTimeout { get; } = TimeSpan.FromSeconds(15);

    internal FaultyAws Faulty { get; private set; } = null!;

    internal ApiProcess Process { get; private set; } = null!;

    internal AwsResources Resources { get; private set; } = null!;

    internal HttpClient Client { get; private set; } = null!;

    internal ProfileStore Store { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Resources = await aws.CreateResourcesAsync();
        Store = new ProfileStore(aws.S3, new ProfileResources(Resources.Bucket, Resources.QueueUrl));
        Faulty = await FaultyAws.StartAsync(aws.Url);
        Process = await ApiProcess.StartAsync(
            Resources,
            Faulty.Url,
            ("Api__ProxyTimeout", $"{ProxyTimeout}"),
            ("Api__MaxWait", "00:00:05")
        );
        Client = Process.Client();
    }

    /// <summary>A profile that is in the queue.</summary>
    internal async Task<ProfileId> AddAsync()
    {
        var now = DateTimeOffset.UtcNow;
        var id = ProfileId.New(TimeProvider.System);
        await Store.CreateAsync(
            new ProfileState
            {
                Id = id,
                Status = ProfileStatus.Queued,
                CreatedAt = now,
                UpdatedAt = now,
                Size = 17,
            },
            CancellationToken.None
        );
        return id;
    }

    /// <summary>A profile that is done, with a result of so many columns.</summary>
    internal async Task<ProfileId> AddDoneAsync(int columns)
    {
        var id = await AddAsync();
        await WideProfile.PutAsync(aws, Resources.Bucket, id, columns);
        await Store.UpdateAsync(id, known: null, state => state with { Status = ProfileStatus.Done }, CancellationToken.None);
        return id;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Process.DisposeAsync();
        await Faulty.DisposeAsync();
    }
}
