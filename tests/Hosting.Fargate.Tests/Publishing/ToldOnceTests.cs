using Hosting.Fargate.Application;

namespace Hosting.Fargate.Tests.Publishing;

/// <summary>What is so of several resources is one sentence with all their names.</summary>
public sealed class ToldOnceTests
{
    [Fact]
    public void One_resource_is_told_as_it_is() =>
        Assert.Equal(["'a' has no health check."], Sentences(new Notice("a", "has no health check.")));

    [Fact]
    public void The_same_of_several_is_told_once_where_the_first_stands() =>
        Assert.Equal(
            ["Each of 'a', 'b' and 'c' has no health check.", "'a' is slow."],
            Sentences(
                new Notice("a", "has no health check."),
                new Notice("a", "is slow."),
                new Notice("b", "has no health check."),
                new Notice("c", "has no health check.")
            )
        );

    [Fact]
    public void What_differs_is_told_of_each_and_the_reason_once() =>
        Assert.Equal(
            ["'a' has port 1, each of 'b' and 'c' has port 2 and 'd' has port 3, since another has the first."],
            Sentences(Port("a", 1), Port("b", 2), Port("c", 2), Port("d", 3))
        );

    [Fact]
    public void One_fact_of_several_begins_the_sentence() =>
        Assert.Equal(["Each of 'a' and 'b' has port 1, since another has the first."], Sentences(Port("a", 1), Port("b", 1)));

    [Fact]
    public void Warnings_and_notices_stay_apart_and_so_does_what_is_of_no_resource() =>
        Assert.Equal(
            ["'a' is new.", "'b' is new.", "is new."],
            Sentences(new Notice("a", "is new."), new Notice("b", "is new.", IsWarning: true), new Notice(null, "is new."))
        );

    private static Notice Port(string resource, int port) => Notice.Warning(resource, $"has port {port}", ", since another has the first.");

    private static IEnumerable<string> Sentences(params Notice[] notices) =>
        ToldOnce.Group(notices).Select(same => ToldOnce.Sentence(same, name => $"'{name}'"));
}
