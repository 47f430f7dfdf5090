namespace Hosting.Fargate.Policies;

/// <summary>Statements as managed policies: as many as it takes, each within the size of one.</summary>
internal static class PolicyPacking
{
    /// <summary>
    /// Characters of a managed policy, white space left out: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html.
    /// </summary>
    public const int MaxCharacters = 6144;

    /// <summary>Statements in the first policy that has room for them; one that is too long alone is two.</summary>
    public static List<IReadOnlyList<AllowStatement>> Pack(IEnumerable<AllowStatement> statements)
    {
        List<List<AllowStatement>> policies =
        [
            [],
        ];
        var waiting = new Queue<AllowStatement>(statements);
        while (waiting.TryDequeue(out var statement))
        {
            if (policies.Find(policy => PolicyJson.Write([.. policy, statement], indented: false).Length <= MaxCharacters) is { } roomy)
            {
                roomy.Add(statement);
            }
            else if (PolicyJson.Write([statement], indented: false).Length <= MaxCharacters)
            {
                policies.Add([statement]);
            }
            else
            {
                var (first, second) = Halves(statement);
                waiting = new Queue<AllowStatement>([first, second, .. waiting]);
            }
        }

        return [.. policies];
    }

    private static (AllowStatement First, AllowStatement Second) Halves(AllowStatement statement)
    {
        if (statement.Actions.Count >= statement.Resources.Count)
        {
            var actions = statement.Actions.Count / 2;
            return (
                statement with
                {
                    Actions = [.. statement.Actions.Take(actions)],
                },
                statement with
                {
                    Actions = [.. statement.Actions.Skip(actions)],
                }
            );
        }

        var resources = statement.Resources.Count / 2;
        return (
            statement with
            {
                Resources = [.. statement.Resources.Take(resources)],
            },
            statement with
            {
                Resources = [.. statement.Resources.Skip(resources)],
            }
        );
    }
}
