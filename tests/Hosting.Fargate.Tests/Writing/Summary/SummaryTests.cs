using System.Globalization;
using System.Text.RegularExpressions;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Costs;
using Hosting.Fargate.Writing;
using static Hosting.Fargate.Tests.Costs.Applications;
using static Hosting.Fargate.Tests.Writing.Summary.GrantsTests;

namespace Hosting.Fargate.Tests.Writing.Summary;

public sealed class SummaryTests
{
    private readonly string _summary = Write(SampleApplication.Create());

    [Fact]
    public void It_has_a_section_for_each_concern() =>
        Assert.Equal(
            [
                "# profiler on Amazon ECS",
                "## Notices and warnings",
                "## Picture",
                "## Services",
                "## Tasks that end",
                "## Data and secrets",
                "## Permissions",
                "## Network",
                "## Parameters",
                "## Monthly cost",
                "## What to do next",
            ],
            _summary.Split('\n').Where(line => Regex.IsMatch(line, "^##? "))
        );

    [Fact]
    public void Warnings_come_first() =>
        Assert.Contains(
            "- **Warning** `web`: has no health check: any answer below 500 to / counts as healthy. Add WithHttpHealthCheck(\"/health\").\n- `worker`: scales by backlog",
            _summary
        );

    [Fact]
    public void Services_are_told_in_a_line_each()
    {
        AssertRow(
            _summary,
            "`api`",
            "2 to 10: CPU near 60 %; near 1000 requests a minute and task; 4 to 20 from `cron(0 8 ? * MON-FRI *)` Europe/Berlin",
            "0.5 vCPU, 1 GB, arm64; Fargate",
            "internet: `/api/*`; internet: `/health`; `web` as `api:80`",
            "canary, 10 % for 10 min, old tasks kept 5 min; back on its 5xx alarm",
            "`/health` gives 200, every 10 s, 3 to fail, 60 s of grace"
        );
        AssertRow(
            _summary,
            "`worker`",
            "0 to 5: near 10 messages of `jobs` a task",
            "0.5 vCPU, 1 GB, arm64, 40 GB disk; Fargate, 1 on demand, of the rest 80 % on Spot",
            "nobody",
            "rolling, 100 to 200 % of tasks; back when tasks fail",
            "that it runs"
        );
        AssertRow(
            _summary,
            "`cache`",
            "1",
            "0.5 vCPU, 1 GB, x64; Fargate",
            "`api` as `cache:6379`",
            "rolling, 0 to 100 % of tasks; back when tasks fail",
            @"`CMD-SHELL redis-cli ping \| grep PONG` every 30 s"
        );
        Assert.Contains("- Telemetry of `api`: CloudWatch agent; log kept 30 days.", _summary);
        Assert.Contains("- Telemetry of `worker`: sent by itself; log kept 30 days.", _summary);
        Assert.Contains("Other containers in the same tasks: `metrics` beside `cache`.", _summary);
        Assert.Contains("`api` after `cache`", _summary);
        Assert.Contains("A shell can be opened in `api`", _summary);
    }

    [Fact]
    public void Tasks_say_when_they_run()
    {
        AssertRow(_summary, "`migrate`", "in each deploy, before services roll", "0.25 vCPU, 0.5 GB, x64; Fargate");
        AssertRow(
            _summary,
            "`cleanup`",
            "`cron(0 3 * * ? *)` UTC; 3 retries of the start, within 15 min",
            "0.25 vCPU, 0.5 GB, x64; Fargate"
        );
        Assert.Contains("- Telemetry of `migrate`, `cleanup`: logs alone; log kept 30 days.", _summary);
    }

    [Fact]
    public void Data_says_what_is_kept_as_the_templates_have_it()
    {
        const string kept = "kept (`profiler-foundation`: RetainExceptOnCreate)";
        AssertRow(_summary, "`jobs`", "queue (SQS)", "a message is hidden for 60 s, a dead letter after 3", kept);
        AssertRow(_summary, "`datasets`", "bucket (S3)", "objects deleted after 30 days, old versions for 30 days", kept);
        AssertRow(_summary, "`shared`", "bucket (S3)", "objects kept", "not of this stack: `arn:aws:s3:::shared-files`");
        AssertRow(_summary, "`cache-data`", "file system (EFS)", "over TLS, by access points", kept);
        AssertRow(_summary, "`api-key`", "secret", "value made up once, by deploy", kept);
        AssertRow(_summary, "`db-password`", "secret", "value asked for, and put by deploy", kept);
        AssertRow(
            _summary,
            "`api/ConnectionStrings__db`",
            "secret, composed",
            "text with `db-password` inside",
            "deleted with its stack: it can be composed again"
        );

        var templates = SampleApplication.CreateTemplates();
        templates[0]["JobsQueue"].DeletionPolicy = "Delete";
        AssertRow(
            Write(SampleApplication.Create(), templates),
            "`jobs`",
            "queue (SQS)",
            "a message is hidden for 60 s, a dead letter after 3",
            "deleted (`profiler-foundation`)"
        );
    }

    [Fact]
    public void The_network_shows_every_inbound_rule_of_the_templates()
    {
        AssertRow(_summary, "`LoadBalancerSecurityGroup`", "tcp 443", "`0.0.0.0/0`", "HTTPS from everywhere");
        AssertRow(_summary, "`ApiSecurityGroup`", "tcp 8080", "`LoadBalancerSecurityGroup`", "from the load balancer");
        AssertRow(_summary, "`CacheSecurityGroup`", "tcp 6379", "`ApiSecurityGroup`", "api.WithReference(cache)");
        Assert.Contains(
            "HTTPS with a certificate made and renewed for its name, plain HTTP sent on to it, as `profiler.example.com`",
            _summary
        );
        Assert.Contains("Nothing comes in", Write(Of(Service("worker")), []));
    }

    [Fact]
    public void Parameters_say_what_they_are_now_and_secrets_do_not()
    {
        AssertRow(_summary, "`Greeting`", @"What is said \| first", @"<code>hello &#124; &#96;world&#96;</code>");
        AssertRow(_summary, "`RegionName`", "`region-name` of the model", "none: deploy asks for it");
        AssertRow(_summary, "`ApiImage`", "AddProject(\"api\"): deploy builds the image", "none: known when it is deployed");
        AssertRow(_summary, "`api-key`", "a secret of the model, `profiler/api-key` in Secrets Manager", "secret: made up once");
        AssertRow(
            _summary,
            "`db-password`",
            @"of the database \| not of the user, `profiler/db-password` in Secrets Manager",
            "secret: deploy asks for it"
        );
    }

    [Fact]
    public void The_cost_adds_up_and_says_where_it_is_from()
    {
        var cost = CostEstimate.Of(SampleApplication.Create(), interfaceEndpoints: 0, []);
        AssertRow(_summary, "**Total**", "", "", $"**{CostText.Amount(cost.Minimum, cost.Maximum)}**");
        Assert.Contains("second-hand quotes of AWS prices in us-east-1, 2026", _summary);
        AssertRow(_summary, "Logs", "0.50 a GB taken in, 0.03 a GB and month kept");
        Assert.Contains("With more than 10 tasks, one NAT gateway costs less", _summary);
    }

    [Fact]
    public void The_next_steps_make_both_stacks_by_hand()
    {
        var steps = _summary[_summary.IndexOf("## What to do next", StringComparison.Ordinal)..];
        Assert.Contains(
            "   aws cloudformation deploy --template-file profiler-foundation.template.yaml --stack-name profiler-foundation\n",
            steps
        );
        Assert.Contains(
            "   aws secretsmanager put-secret-value --secret-id profiler/db-password --secret-string file://db-password.txt\n",
            steps
        );
        Assert.Contains("what has no value yet: `ApiImage`, `RegionName`, `DbPasswordVersion`", steps);
        Assert.Contains(
            "   aws cloudformation deploy --template-file profiler.template.yaml --stack-name profiler --capabilities CAPABILITY_IAM --parameter-overrides file://profiler.parameters.json\n",
            steps
        );
        Assert.Contains("   aws ecs update-service --cluster profiler --service api --desired-count 2\n", steps);

        var named = SampleApplication.CreateTemplates();
        named[1]["ApiTaskRole"].Properties["RoleName"] = "api";
        Assert.Contains("--capabilities CAPABILITY_NAMED_IAM", Write(SampleApplication.Create(), named));
    }

    [Fact]
    public void The_next_steps_can_be_others()
    {
        var application = Of(Service("api"));
        var summary = SummaryWriter.Write(
            application,
            [],
            CostEstimate.Of(application, 0, []),
            [new NextStep("Deploy it.", "dotnet run -- deploy"), new NextStep("Rest.")]
        );
        Assert.EndsWith("## What to do next\n\n1. Deploy it.\n   ```sh\n   dotnet run -- deploy\n   ```\n\n2. Rest.\n", summary);
    }

    [Theory]
    [InlineData("de-DE", ",", ".")]
    [InlineData("tr-TR", ",", ".")]
    [InlineData("fa-IR", "٫", "٬")]
    public void The_bytes_are_the_same_in_every_culture(string name, string point, string thousands)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var culture = Named(name);
            culture.NumberFormat.NumberDecimalSeparator = culture.NumberFormat.PercentDecimalSeparator = point;
            culture.NumberFormat.NumberGroupSeparator = thousands;
            culture.NumberFormat.NegativeSign = "~";
            CultureInfo.CurrentCulture = culture;
            Assert.Equal("0" + point + "5", 0.5.ToString());
            Assert.Equal(_summary, Write(SampleApplication.Create()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void It_is_text_with_line_feeds_and_every_row_has_its_cells()
    {
        Assert.DoesNotContain('\r', _summary);
        Assert.EndsWith("\n", _summary);
        Assert.DoesNotContain("\n\n\n", _summary);
        var columns = 0;
        foreach (var line in _summary.Split('\n'))
        {
            // As GFM splits a row: at every bar that no backslash takes.
            var cells = line.StartsWith('|') ? Regex.Count(line, @"(?<!\\)\|") - 1 : 0;
            Assert.True(cells == 0 || columns == 0 || cells == columns, $"A row of {cells} cells in a table of {columns}: {line}");
            columns = cells;
        }
    }

    [Fact]
    public void A_model_with_nothing_in_it_has_a_summary() => Assert.Contains("nothing that runs", Write(Of(), []));

    /// <summary>Built without globalization data there is no culture but one, and what matters here is set on a copy of that.</summary>
    private static CultureInfo Named(string name)
    {
        try
        {
            return (CultureInfo)CultureInfo.GetCultureInfo(name).Clone();
        }
        catch (CultureNotFoundException)
        {
            return (CultureInfo)CultureInfo.InvariantCulture.Clone();
        }
    }

    private static string Write(FargateApplication application, IReadOnlyList<Template>? templates = null) =>
        SummaryWriter.Write(
            application,
            templates ?? SampleApplication.CreateTemplates(),
            CostEstimate.Of(application, interfaceEndpoints: 0, [])
        );
}
