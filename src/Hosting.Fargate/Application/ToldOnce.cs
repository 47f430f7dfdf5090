namespace Hosting.Fargate.Application;

/// <summary>What is to be known of several resources for one reason, in one sentence with all their names.</summary>
internal static class ToldOnce
{
    /// <summary>Puts together what differs in names and facts alone, where its first one stands.</summary>
    public static IEnumerable<IReadOnlyList<Notice>> Group(IEnumerable<Notice> notices) =>
        notices
            .GroupBy(notice => new
            {
                notice.Reason,
                notice.IsWarning,
                notice.IsNews,
                IsOfResource = notice.Resource is not null,
            })
            .Select(same => same.Distinct().ToList());

    /// <summary>The sentence for all of a group.</summary>
    /// <param name="same">What <see cref="Group"/> has put together.</param>
    /// <param name="name">How the name of a resource is written.</param>
    public static string Sentence(IReadOnlyList<Notice> same, Func<string, string> name)
    {
        if (same[0].Resource is null)
        {
            return same[0].Text;
        }

        List<string> facts =
        [
            .. same.GroupBy(notice => notice.Fact)
                .Select(
                    (equal, place) =>
                    {
                        List<string> names = [.. equal.Select(notice => name(notice.Resource!))];
                        var who = names.Count == 1 ? names[0] : $"{(place == 0 ? "Each" : "each")} of {Join(names)}";
                        return equal.Key.Length == 0 ? who : $"{who} {equal.Key}";
                    }
                ),
        ];
        return facts.Count == 1 && same[0].Fact.Length == 0 ? $"{facts[0]} {same[0].Reason}" : $"{Join(facts)}{same[0].Reason}";
    }

    private static string Join(List<string> parts) => parts.Count == 1 ? parts[0] : $"{string.Join(", ", parts[..^1])} and {parts[^1]}";
}
