using Aspire.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Hosting.Fargate.Tests.CommandLine;

public sealed class FargateCommandLineTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("--Parameters:api-key=secret", "--Parameters:api-key=secret")]
    [InlineData("--operation publish --step deploy --yes true", "--operation publish --step deploy --yes true")]
    [InlineData("something publish", "something publish")]
    [InlineData("publish", "--operation publish --step publish --environment Production")]
    [InlineData("publish --output-path out", "--operation publish --step publish --environment Production --output-path out")]
    [InlineData("deploy --yes", "--operation publish --step deploy --environment Production --yes true")]
    [InlineData("deploy --yes false", "--operation publish --step deploy --environment Production --yes false")]
    [InlineData("deploy --yes --clear-cache true", "--operation publish --step deploy --environment Production --yes true --clear-cache true")]
    [InlineData("deploy --environment Staging", "--operation publish --step deploy --Fargate:Environment Staging --environment Staging")]
    [InlineData("deploy --environment=Staging", "--operation publish --step deploy --Fargate:Environment Staging --environment=Staging")]
    [InlineData("--operation publish --environment Staging", "--Fargate:Environment Staging --operation publish --environment Staging")]
    [InlineData("destroy --data --yes", "--operation publish --step destroy --environment Production --Fargate:Data true --yes true")]
    [InlineData("logs api --follow", "--operation publish --step logs --Fargate:Service api --environment Production --Fargate:Follow true")]
    [InlineData("run migrate", "--operation publish --step run --Fargate:Task migrate --environment Production")]
    public void A_command_line_becomes_what_the_host_understands(string typed, string understood) =>
        Assert.Equal(Split(understood), FargateCommandLine.Parse(Split(typed)));

    [Fact]
    public void What_follows_the_dashes_reaches_the_task_word_for_word()
    {
        var configuration = Configure("run", "migrate", "--", "--to", "2", "--yes", "a=b c");
        Assert.Equal(["--to", "2", "--yes", "a=b c"], configuration.GetSection("Fargate:Arguments").GetChildren().Select(argument => argument.Value));
        Assert.Equal("migrate", configuration["Fargate:Task"]);
        Assert.Null(configuration["Pipeline:SkipConfirmation"]);
    }

    [Fact]
    public void What_follows_the_dashes_is_left_alone_where_there_is_no_verb() =>
        Assert.Equal(["--a", "b", "--", "--yes"], FargateCommandLine.Parse(["--a", "b", "--", "--yes"]));

    [Theory]
    [InlineData("deploy", "production", "deploy production")]
    [InlineData("run", "migrate again", "run again")]
    public void A_name_too_many_makes_a_step_that_there_is_not(string verb, string names, string step)
    {
        string[] args = [verb, .. Split(names)];
        Assert.Equal(step, Configure(args)["Pipeline:Step"]);
    }

    [Fact]
    public void A_verb_publishes_as_production_even_where_the_launch_profile_says_development()
    {
        var builder = DistributedApplication.CreateBuilder(FargateCommandLine.Parse(["plan"]));
        Assert.True(builder.ExecutionContext.IsPublishMode);
        Assert.True(builder.Environment.IsProduction());
        Assert.Null(builder.Configuration["Fargate:Environment"]);
        Assert.Equal("plan", builder.Configuration["Pipeline:Step"]);
    }

    private static ConfigurationManager Configure(params string[] args) =>
        DistributedApplication.CreateBuilder(FargateCommandLine.Parse(args)).Configuration;

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
