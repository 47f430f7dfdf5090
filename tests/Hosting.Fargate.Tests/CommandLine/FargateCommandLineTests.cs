using Aspire.Hosting;
using Hosting.Fargate.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Hosting.Fargate.Tests.CommandLine;

public sealed class FargateCommandLineTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("--Parameters:api-key=secret", "--Parameters:api-key=secret")]
    [InlineData("--operation publish --step deploy --yes true", "--operation publish --step deploy --yes true")]
    [InlineData("publish", "--operation publish --step publish --environment Production")]
    [InlineData("publish --output-path out", "--operation publish --step publish --environment Production --output-path out")]
    [InlineData("deploy --yes", "--operation publish --step deploy --environment Production --yes true")]
    [InlineData("deploy -y -e Staging", "--operation publish --step deploy --Fargate:Environment Staging --yes true --environment Staging")]
    [InlineData("publish -o out", "--operation publish --step publish --environment Production --output-path out")]
    [InlineData("deploy --yes false", "--operation publish --step deploy --environment Production --yes false")]
    [InlineData(
        "deploy --yes --clear-cache true",
        "--operation publish --step deploy --environment Production --yes true --clear-cache true"
    )]
    [InlineData("deploy --environment Staging", "--operation publish --step deploy --Fargate:Environment Staging --environment Staging")]
    [InlineData("deploy --environment=Staging", "--operation publish --step deploy --Fargate:Environment Staging --environment=Staging")]
    [InlineData("--operation publish --environment Staging", "--Fargate:Environment Staging --operation publish --environment Staging")]
    [InlineData("destroy --data --yes", "--operation publish --step destroy --environment Production --Fargate:Data true --yes true")]
    [InlineData(
        "logs api --follow",
        "--operation publish --step logs --Fargate:Service api --environment Production --Fargate:Follow true"
    )]
    [InlineData("run migrate", "--operation publish --step run --Fargate:Task migrate --environment Production")]
    [InlineData(
        "--operation publish --step logs api --follow",
        "--Fargate:Service api --operation publish --step logs --Fargate:Follow true"
    )]
    [InlineData(
        "--operation publish --step logs --follow api",
        "--Fargate:Service api --operation publish --step logs --Fargate:Follow true"
    )]
    [InlineData(
        "--operation publish --step logs --environment Staging api",
        "--Fargate:Service api --Fargate:Environment Staging --operation publish --step logs --environment Staging"
    )]
    [InlineData(
        "--operation publish --step run migrate -- --to 2",
        "--Fargate:Task migrate --Fargate:Arguments:0=--to --Fargate:Arguments:1=2 --operation publish --step run"
    )]
    [InlineData("--operation publish --step deploy --yes", "--operation publish --step deploy --yes true")]
    [InlineData("--operation publish --step destroy --data", "--operation publish --step destroy --Fargate:Data true")]
    [InlineData("--operation inspect --step logs --list-steps true", "--operation inspect --step logs --list-steps true")]
    [InlineData(
        "deploy --allow-data-loss pg --yes",
        "--operation publish --step deploy --environment Production --yes true --Fargate:AllowDataLoss pg"
    )]
    [InlineData(
        "deploy --allow-data-loss=pg --allow-data-loss users",
        "--operation publish --step deploy --environment Production --Fargate:AllowDataLoss pg,users"
    )]
    [InlineData("--operation publish --step deploy --allow-data-loss pg", "--operation publish --step deploy --Fargate:AllowDataLoss pg")]
    [InlineData(
        "deploy --include-exception-details",
        "--operation publish --step deploy --environment Production --include-exception-details true"
    )]
    [InlineData(
        "deploy --Parameters:api-key=secret --log-level Debug",
        "--operation publish --step deploy --environment Production --Parameters:api-key=secret --log-level Debug"
    )]
    public void A_command_line_becomes_what_the_host_understands(string typed, string understood) =>
        Assert.Equal(Split(understood), FargateCommandLine.Parse(Split(typed)));

    [Fact]
    public void What_follows_the_dashes_reaches_the_task_word_for_word()
    {
        var configuration = Configure("run", "migrate", "--", "--to", "2", "--yes", "a=b c");
        Assert.Equal(
            ["--to", "2", "--yes", "a=b c"],
            configuration.GetSection("Fargate:Arguments").GetChildren().Select(argument => argument.Value)
        );
        Assert.Equal("migrate", configuration["Fargate:Task"]);
        Assert.Null(configuration["Pipeline:SkipConfirmation"]);
    }

    [Fact]
    public void What_follows_the_dashes_is_left_alone_where_there_is_no_verb() =>
        Assert.Equal(["--a", "b", "--", "--yes"], FargateCommandLine.Parse(["--a", "b", "--", "--yes"]));

    [Theory]
    [InlineData("--help", true)]
    [InlineData("-h", true)]
    [InlineData("deploy --help", true)]
    [InlineData("run migrate -- --help", false)]
    [InlineData("--Logging:LogLevel:Default=Debug", false)]
    public void Help_is_asked_for_by_who_wants_to_know_what_there_is(string typed, bool isHelp) =>
        Assert.Equal(isHelp, CommandLineReading.Of(Split(typed)).IsHelp);

    [Theory]
    [InlineData(
        "frobnicate",
        "'frobnicate' is no verb. There are: publish, plan, deploy, status, logs [SERVICE], run TASK, destroy. Without a verb the application runs here."
    )]
    [InlineData("something publish", "'something' is no verb.")]
    [InlineData("deploy production", "'production' is one word too many: deploy.")]
    [InlineData("run migrate again", "'again' is one word too many: run TASK. What the task gets as arguments goes behind --.")]
    [InlineData("deploy --force", "deploy has no switch '--force'. There are: --transaction-search, --allow-data-loss, --output-path,")]
    [InlineData("plan --allow-data-loss pg", "plan has no switch '--allow-data-loss', which is for deploy.")]
    [InlineData("deploy --allow-data-loss --yes", "--allow-data-loss wants a value behind it.")]
    [InlineData("deploy --follow", "deploy has no switch '--follow', which is for logs.")]
    [InlineData("destroy -f", "destroy has no switch '-f'.")]
    [InlineData("status -- now", "'now' stands behind --, and status takes nothing there.")]
    [InlineData("--operation publish --step logs api worker", "'worker' is one word too many: logs [SERVICE].")]
    public void What_there_is_not_is_refused_with_what_there_is(string typed, string refusal) =>
        Assert.StartsWith(refusal, CommandLineReading.Of(Split(typed)).Refusal, StringComparison.Ordinal);

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
