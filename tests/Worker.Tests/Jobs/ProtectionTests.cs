using Aws.Ecs.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Profiles;
using Testing;

namespace Worker.Tests.Jobs;

public sealed class ProtectionTests(AwsEmulator aws)
{
    [Fact]
    public async Task The_task_is_protected_from_scale_in_while_a_job_is_in_hand()
    {
        var resources = await aws.CreateResourcesAsync();
        var jobs = new TestJobs(aws, resources);
        var id = await jobs.AddAsync();
        using var gate = new SourceGate();
        var protection = new Counted();
        await using var worker = new TestWorker(aws, resources, gate, configure: services =>
            services.AddSingleton<ITaskProtection>(protection)
        );
        await worker.StartAsync();

        await gate.Reached;
        Assert.Equal(1, protection.Held);
        gate.Open();
        await jobs.StateAsync(id, ProfileStatus.Done);

        await Eventually.GetAsync(() => Task.FromResult(protection.Held == 0 ? "" : null), "it is released");
    }

    [Fact]
    public async Task A_job_that_is_handed_back_is_no_reason_for_it_any_more()
    {
        var resources = await aws.CreateResourcesAsync();
        var jobs = new TestJobs(aws, resources);
        await jobs.AddAsync();
        using var gate = new SourceGate();
        var protection = new Counted();
        await using var worker = new TestWorker(aws, resources, gate, shutdownTimeout: TimeSpan.FromSeconds(6), configure: services =>
            services.AddSingleton<ITaskProtection>(protection)
        );
        await worker.StartAsync();
        await gate.Reached;

        await worker.StopAsync();

        Assert.Equal(0, protection.Held);
    }

    private sealed class Counted : ITaskProtection
    {
        private int _held;

        public int Held => Volatile.Read(ref _held);

        public IDisposable Protect()
        {
            Interlocked.Increment(ref _held);
            return new Hold(this);
        }

        private sealed class Hold(Counted owner) : IDisposable
        {
            public void Dispose() => Interlocked.Decrement(ref owner._held);
        }
    }
}
