namespace Account;

/// <summary>
/// A model of as many options as go together, from an account that had nothing of it until nothing is left: its images are public ones, and
/// none is built.
/// </summary>
public sealed class LargeModelTests(ITestOutputHelper output)
{
    [Fact]
    public async Task It_is_deployed_changed_and_destroyed_and_nothing_is_left()
    {
        var application = ProofApplication.Large;
        await using var account = await ProofAccount.OpenAsync(application);
        var deployed = new Deployed(account, application, output) { Variables = { ["Model__Greeting"] = "Good morning." } };
        var left = new Leftovers(account, application.Stack);
        Assert.True(
            await left.StacksAsync() is [],
            $"There is something of '{application.Stack}' already. If no other run is going on, destroy it with its data."
        );
        try
        {
            (await deployed.RunAsync("deploy", "--yes")).EndedWith(0).Says("answers 200", "prepare");
            var before = await deployed.RevisionAsync("front");
            deployed.Variables["Model__Greeting"] = "Good evening.";
            (await deployed.RunAsync("deploy", "--yes")).EndedWith(0).Says("FrontTaskDefinition", "answers 200");
            Assert.NotEqual(before, await deployed.RevisionAsync("front"));
            Assert.Superset(
                new HashSet<string>(["stack", "bucket", "file system", "NAT gateway", "address", "role", "scalable target"]),
                (await left.NoteAsync()).ToHashSet()
            );
        }
        finally
        {
            (await deployed.RunAsync("destroy", "--yes", "--data")).EndedWith(0);
        }

        Assert.Empty(await left.FindAsync());
    }
}
