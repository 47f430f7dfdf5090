using Testing.Fargate;

namespace Deploy.Faults;

/// <summary>
/// One call of a deploy goes wrong, each in its turn: the deploy gets over it, or ends with words that say what to do; and the next one
/// always ends as if nothing had gone wrong.
/// </summary>
public sealed class FaultTests(SmallDeployment deployment)
{
    /// <summary>What changes something: twice done, or half done, would show.</summary>
    private static readonly HashSet<string> s_writes =
    [
        "CreateChangeSet",
        "ExecuteChangeSet",
        "DeleteChangeSet",
        "PutSecretValue",
        "RunTask",
        "UpdateService",
    ];

    private static readonly Fault[] s_faults = [Fault.Throttle, Fault.InternalFailure, Fault.DropBefore, Fault.DropAfter, Fault.Hang];

    /// <summary>Enough for a call on a busy machine, short enough to wait for one that hangs.</summary>
    private const double CallSeconds = 3;

    [Fact]
    public async Task A_call_that_fails_once_does_no_harm()
    {
        await deployment.ResetAsync();
        var clean = await deployment.DeployAsync(60);
        Assert.True(clean.ExitCode == 0, clean.Output);
        var wanted = await EndState.ReadAsync(deployment.Aws.Url);
        var operations = clean.Calls.Select(call => (call.Service, call.Operation)).Distinct().ToList();
        Assert.True(operations.Count > 15, $"Only {operations.Count} operations: has the deploy lost a part?");

        List<string> problems = [];
        foreach (var (index, (service, operation)) in operations.Index())
        {
            foreach (var (kind, fault) in s_faults.Index())
            {
                // A call that did not arrive is simply made again: one kind each does there, unless all are wanted.
                if (
                    SmallDeployment.IsThorough
                    || kind == index % s_faults.Length
                    || (fault == Fault.DropAfter && s_writes.Contains(operation))
                )
                {
                    problems.AddRange(
                        (await TryAsync(wanted, new FaultRule(fault, service, operation))).Select(problem =>
                            $"{fault} at {service} {operation}: {problem}"
                        )
                    );
                }
            }
        }

        Assert.True(problems.Count == 0, string.Join("\n\n", problems));
    }

    [Fact]
    public async Task A_service_that_never_answers_well_ends_the_deploy_with_words_that_say_what_to_do()
    {
        await deployment.ResetAsync();
        Assert.Equal(0, (await deployment.DeployAsync(60)).ExitCode);
        var wanted = await EndState.ReadAsync(deployment.Aws.Url);
        (Fault Fault, string Service, string Operation)[] all =
        [
            (Fault.Refuse, "ecs", "RunTask"),
            (Fault.InternalFailure, "sts", "GetCallerIdentity"),
            (Fault.DropBefore, "sts", "GetCallerIdentity"),
            (Fault.Throttle, "cloudformation", "CreateChangeSet"),
            (Fault.Throttle, "sts", "GetCallerIdentity"),
            (Fault.Hang, "sts", "GetCallerIdentity"),
            (Fault.Unavailable, "secretsmanager", "PutSecretValue"),
            (Fault.DropAfter, "cloudformation", "ExecuteChangeSet"),
            (Fault.DropAfter, "secretsmanager", "PutSecretValue"),
            (Fault.DropBefore, "cloudformation", "DescribeStacks"),
            (Fault.Hang, "cloudformation", "DescribeStackEvents"),
            (Fault.InternalFailure, "ecs", "UpdateService"),
            (Fault.Throttle, "secretsmanager", "GetSecretValue"),
        ];
        List<string> problems = [];
        foreach (var (fault, service, operation) in SmallDeployment.IsThorough ? all : all[..2])
        {
            await deployment.ResetAsync();
            var failed = await deployment.DeployAsync(1, new FaultRule(fault, service, operation, Times: int.MaxValue));
            var where = $"{fault} at each {service} {operation}: ";
            if (failed.ExitCode == 0)
            {
                problems.Add($"{where}the deploy says that it went well\n{failed.Output}");
            }

            problems.AddRange(Words(failed).Select(problem => where + problem));
            problems.AddRange((await AgainAsync(wanted)).Select(problem => where + problem));
        }

        Assert.True(problems.Count == 0, string.Join("\n\n", problems));
    }

    private async Task<IEnumerable<string>> TryAsync(string wanted, FaultRule rule)
    {
        await deployment.ResetAsync();
        var run = await deployment.DeployAsync(CallSeconds, rule);
        List<string> problems = [];
        if (run.Calls.All(call => call.Met is null))
        {
            problems.Add("no call was met");
        }

        if (run.ExitCode == 0)
        {
            if (await EndState.MigrationTimesAsync(deployment.Aws.Url) is { Count: not 1 } migrations)
            {
                problems.Add($"the migration ran {migrations.Count} times in one deploy");
            }

            problems.AddRange(Difference(wanted, await EndState.ReadAsync(deployment.Aws.Url), "after it"));
        }
        else
        {
            problems.AddRange(Words(run));
        }

        problems.AddRange(await AgainAsync(wanted));
        return problems;
    }

    private async Task<IEnumerable<string>> AgainAsync(string wanted)
    {
        var again = await deployment.DeployAsync(60);
        return again.ExitCode != 0
            ? [$"the next deploy failed\n{again.Output}"]
            : Difference(wanted, await EndState.ReadAsync(deployment.Aws.Url), "after the next deploy");
    }

    /// <summary>A failure says what to do, and not in the way of a program.</summary>
    private static IEnumerable<string> Words(DeployRun run)
    {
        if (
            !run.Output.Contains("run the same command again", StringComparison.OrdinalIgnoreCase)
            && !run.Output.Contains("run deploy again", StringComparison.OrdinalIgnoreCase)
        )
        {
            yield return $"it does not say what to do\n{run.Output}";
        }

        if (run.Output.Contains("   at ", StringComparison.Ordinal) || run.Output.Contains("Sign in", StringComparison.Ordinal))
        {
            yield return $"it shows a stack trace, or sends one to sign in\n{run.Output}";
        }
    }

    internal static IEnumerable<string> Difference(string wanted, string found, string when)
    {
        if (wanted != found)
        {
            var (before, after) = (wanted.Split('\n'), found.Split('\n'));
            yield return $"another end state {when}:\n{string.Join('\n', before.Except(after).Take(10).Select(line => $"- {line}").Concat(after.Except(before).Take(10).Select(line => $"+ {line}")))}";
        }
    }
}
