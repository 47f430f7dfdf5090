using Hosting.Fargate.Deploying;
using Hosting.Fargate.Stacks;

namespace Hosting.Fargate.Tests.Deploying;

/// <summary>What CloudFormation keeps of who deploys.</summary>
public sealed class DeployTokenTests
{
    private static readonly DateTime s_now = new(2026, 11, 24, 12, 0, 3, DateTimeKind.Utc);

    [Fact]
    public void ItIsReadBackFromTheTokenOfAnyOperation()
    {
        var token = DeployToken.ForThisProcess("alice@example.com", s_now);
        foreach (var text in new[] { token.ToString(), token.Next(), token.Next() })
        {
            var read = DeployToken.Parse(text);
            Assert.Equal((token.User, token.Host, token.ProcessId, token.Start), (read!.User, read.Host, read.ProcessId, read.Start));
        }
    }

    [Fact]
    public void EachOperationHasItsOwnInOneSecondToo()
    {
        var token = DeployToken.ForThisProcess("alice", s_now);
        Assert.Distinct([token.Next(), token.Next(), DeployToken.ForThisProcess("alice", s_now).Next()]);
    }

    [Fact]
    public void ItIsWhatCloudFormationTakes()
    {
        var token = DeployToken.ForThisProcess(new string('ü', 30) + new string('x', 200), s_now).Next();
        Assert.Matches("^[a-zA-Z][-a-zA-Z0-9]{0,127}$", token);
    }

    [Fact]
    public void SomebodyIsNamedAsAPersonReadsIt() =>
        Assert.Matches(
            @"^alice on \w+ \(process \d+\), since 2026-11-24 12:00:03 UTC$",
            DeployToken.ForThisProcess("alice", s_now).Describe()
        );

    [Fact]
    public void AProcessOfThisMachineThatIsNoMoreWasCutOff()
    {
        var here = DeployToken.ForThisProcess("alice", s_now);
        Assert.True((here with { ProcessId = int.MaxValue }).WasCutOff);
        Assert.False((here with { Host = "elsewhere", ProcessId = int.MaxValue }).WasCutOff);
    }

    [Fact]
    public void AProcessThatRunsIsAtIt()
    {
        using var other = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("sleep", "60"))!;
        try
        {
            Assert.False((DeployToken.ForThisProcess("alice", DateTime.UtcNow.AddSeconds(5)) with { ProcessId = other.Id }).WasCutOff);
            Assert.True((DeployToken.ForThisProcess("alice", DateTime.UtcNow.AddHours(-1)) with { ProcessId = other.Id }).WasCutOff);
        }
        finally
        {
            other.Kill();
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Console-ExecuteChangeSet-0123")]
    [InlineData("deploy-alice-host-x-20261124T120003Z")]
    public void OthersAreNone(string? token) => Assert.Null(DeployToken.Parse(token));
}
