using System.Collections.Concurrent;

[assembly: AssemblyFixture(typeof(Deploy.Tests.Accounts))]

namespace Deploy.Tests;

/// <summary>
/// The accounts of all test classes. A start of the emulator, and of the AppHost that does the verbs in it, takes seconds: the account that
/// one class has left is the next one's, emptied.
/// </summary>
public sealed class Accounts : IAsyncDisposable
{
    private static readonly ConcurrentBag<EmulatedAws> s_left = [];

    private static readonly ConcurrentDictionary<EmulatedAws, Lazy<VerbServer>> s_verbs = new();

    /// <summary>What does the verbs of an account; null for an account that is none of these.</summary>
    internal static VerbServer? VerbsOf(EmulatedAws aws) => s_verbs.GetValueOrDefault(aws)?.Value;

    /// <summary>An account with nothing in it.</summary>
    internal static async Task<EmulatedAws> TakeAsync()
    {
        if (!s_left.TryTake(out var aws))
        {
            aws = await EmulatedAws.StartAsync();
            s_verbs[aws] = new(() => new VerbServer());
        }

        return aws;
    }

    internal static async Task LeaveAsync(EmulatedAws aws)
    {
        if (aws.Missing is null)
        {
            await aws.ResetAsync();
            Directory.Delete(aws.Home, recursive: true);
            Directory.CreateDirectory(aws.Home);
        }

        s_left.Add(aws);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (aws, verbs) in s_verbs)
        {
            if (verbs.IsValueCreated)
            {
                await verbs.Value.DisposeAsync();
            }

            await aws.DisposeAsync();
        }
    }
}
