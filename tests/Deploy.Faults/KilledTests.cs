using Testing.Fargate;

namespace Deploy.Faults;

/// <summary>A deploy is killed, and cannot do a thing any more; the next one ends as if it had not been.</summary>
public sealed class KilledTests(SmallDeployment deployment)
{
    private static readonly HashSet<string> s_writes =
    [
        "CreateChangeSet",
        "ExecuteChangeSet",
        "DeleteChangeSet",
        "PutSecretValue",
        "RunTask",
        "UpdateService",
    ];

    [Fact]
    public async Task Killed_at_any_call_it_is_taken_up_by_the_next_deploy()
    {
        await deployment.ResetAsync();
        var clean = await deployment.DeployAsync(60);
        Assert.True(clean.ExitCode == 0, clean.Output);
        var wanted = await EndState.ReadAsync(deployment.Aws.Url);

        // Each call that changes something, before and after; of those that look, the first, before.
        Dictionary<string, int> counts = [];
        List<FaultRule> all = [];
        foreach (var call in clean.Calls)
        {
            var nth = counts[call.Operation] = counts.GetValueOrDefault(call.Operation) + 1;
            if (s_writes.Contains(call.Operation))
            {
                all.Add(new FaultRule(Fault.Hang, call.Service, call.Operation, nth));
                all.Add(new FaultRule(Fault.HangAfter, call.Service, call.Operation, nth));
            }
            else if (nth == 1)
            {
                all.Add(new FaultRule(Fault.Hang, call.Service, call.Operation, nth));
            }
        }

        // Before a call is after the one before it, so that one side does; and a change set that waits is like another.
        List<string> problems = [];
        foreach (
            var rule in SmallDeployment.IsThorough
                ? all
                : all.Where(rule => rule.Fault == Fault.HangAfter && rule is not { Operation: "CreateChangeSet", Nth: > 2 })
        )
        {
            problems.AddRange(
                (await TryAsync(wanted, rule)).Select(problem =>
                    $"killed {(rule.Fault == Fault.Hang ? "before" : "after")} {rule.Operation} number {rule.Nth}: {problem}"
                )
            );
        }

        Assert.True(problems.Count == 0, string.Join("\n\n", problems));
    }

    [Fact]
    public async Task An_update_that_goes_on_after_the_kill_is_waited_for()
    {
        await deployment.ResetAsync();
        Assert.Equal(0, (await deployment.DeployAsync(60)).ExitCode);
        var wanted = await EndState.ReadAsync(deployment.Aws.Url);
        await deployment.Aws.HoldResourceAsync("WebService", "update");
        await using (var killed = deployment.Start(deployment.Aws.Url, "good evening"))
        {
            await killed.WaitForOutputAsync("WebTaskDefinition  AWS::ECS::TaskDefinition");
            await killed.WaitForOutputAsync("✓ WebTaskDefinition");
            await killed.KillAsync();
        }

        await using var next = deployment.Start(deployment.Aws.Url);
        await next.WaitForOutputAsync("goes on from a deploy that was cut off; waiting for its end");
        await deployment.Aws.ReleaseResourceAsync("WebService");

        Assert.True(await next.ExitAsync() == 0, next.Output);
        Assert.Empty(FaultTests.Difference(wanted, await EndState.ReadAsync(deployment.Aws.Url), "after the next deploy"));
    }

    [Fact]
    public async Task A_migration_that_goes_on_after_the_kill_is_not_joined_by_a_second_one()
    {
        await deployment.ResetAsync();
        await deployment.Aws.SetAsync(new { run_task = 4 });
        await using (var killed = deployment.Start(deployment.Aws.Url))
        {
            await killed.WaitForOutputAsync("migrate: started as");
            await killed.KillAsync();
        }

        var next = await deployment.DeployAsync(60);

        Assert.True(next.ExitCode == 0, next.Output);
        Assert.Contains("waiting for its end", next.Output, StringComparison.Ordinal);
        var runs = await EndState.MigrationTimesAsync(deployment.Aws.Url);
        Assert.Equal(2, runs.Count);
        Assert.True(
            runs[0].Stopped <= runs[1].Created,
            $"The first ended at {runs[0].Stopped:O}, the second began at {runs[1].Created:O}."
        );
    }

    private async Task<IEnumerable<string>> TryAsync(string wanted, FaultRule rule)
    {
        await deployment.ResetAsync();
        deployment.Proxy.Rules.Add(rule);
        string? generated = null;
        await using (var killed = deployment.Start(deployment.Proxy.Url))
        {
            var exit = killed.ExitAsync();
            if (await Task.WhenAny(rule.WhenHeld, exit) == exit)
            {
                return [$"the deploy ended before it could be killed\n{killed.Output}"];
            }

            await killed.KillAsync();
        }

        deployment.Proxy.Rules.Clear();
        try
        {
            generated = await EndState.SecretAsync(deployment.Aws.Url, "session-key");
        }
        catch (Amazon.SecretsManager.Model.ResourceNotFoundException)
        {
            // It was killed before there was one.
        }

        var again = await deployment.DeployAsync(60);
        if (again.ExitCode != 0)
        {
            return [$"the next deploy failed\n{again.Output}"];
        }

        return generated is not null && generated != await EndState.SecretAsync(deployment.Aws.Url, "session-key")
            ? ["the generated secret was made up once more"]
            : FaultTests.Difference(wanted, await EndState.ReadAsync(deployment.Aws.Url), "after the next deploy");
    }
}
