using System.Net;
using Profiles;
using Testing;

namespace Worker.Tests.Jobs;

public sealed class ConflictTests(AwsEmulator aws)
{
    private static readonly Profile _profile = new()
    {
        Rows = 1,
        Bytes = 1,
        Columns = [],
    };

    [Fact]
    public async Task A_result_is_written_when_the_conflict_is_over()
    {
        var (store, handler, id) = await CreateAsync(conflicts: 3);

        Assert.True(await store.TryWriteProfileAsync(id, _profile, CancellationToken.None));
        Assert.Equal(4, handler.Writes);
    }

    [Fact]
    public async Task A_conflict_without_end_is_an_error_in_the_end()
    {
        var (store, handler, id) = await CreateAsync(conflicts: int.MaxValue);

        var exception = await Assert.ThrowsAsync<ConflictException>(() => store.TryWriteProfileAsync(id, _profile, CancellationToken.None));
        Assert.Contains("profile.json could not be written", exception.Message, StringComparison.Ordinal);
        Assert.Equal(8, handler.Writes);
    }

    [Fact]
    public async Task A_conflict_is_not_waited_for_when_the_worker_is_told_to_stop()
    {
        var (store, handler, id) = await CreateAsync(conflicts: int.MaxValue);
        using var stop = new CancellationTokenSource();
        handler.OnWrite = stop.Cancel;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.TryWriteProfileAsync(id, _profile, stop.Token));
        Assert.Equal(1, handler.Writes);
    }

    private async Task<(ProfileStore Store, Conflicting Handler, ProfileId Id)> CreateAsync(int conflicts)
    {
        var resources = await aws.CreateResourcesAsync();
        var handler = new Conflicting(conflicts);
        var store = new ProfileStore(
            AwsEmulator.CreateS3Client(aws.Url, handler),
            new ProfileResources(resources.Bucket, resources.QueueUrl)
        );
        return (store, handler, ProfileId.New(TimeProvider.System));
    }

    /// <summary>Answers as S3 does while another conditional write to the key is under way.</summary>
    private sealed class Conflicting(int conflicts) : DelegatingHandler
    {
        private int _writes;

        public int Writes => _writes;

        public Action? OnWrite { get; set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method != HttpMethod.Put || Interlocked.Increment(ref _writes) > conflicts)
                return base.SendAsync(request, cancellationToken);
            OnWrite?.Invoke();
            return Task.FromResult(
                new HttpResponseMessage(HttpStatusCode.Conflict)
                {
                    RequestMessage = request,
                    Content = new StringContent(
                        "<Error><Code>ConditionalRequestConflict</Code><Message>A conflicting operation is under way.</Message></Error>"
                    ),
                }
            );
        }
    }
}
