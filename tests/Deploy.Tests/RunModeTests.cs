using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Deploy.Tests;

/// <summary>What somebody who runs the application here sees of what is deployed of it.</summary>
public sealed class RunModeTests(RunModeTests.WatchedAccount watched) : IClassFixture<RunModeTests.WatchedAccount>, IAsyncLifetime
{
    private EmulatedAws Aws => watched.Account.Aws;

    private FaultProxy Proxy => watched.Proxy!;

    private Dictionary<string, string?> Variables =>
        new(
            Aws.EnvironmentFor(Proxy.Url)
                .Where(variable => variable.Key != "HOME")
                .ToDictionary(variable => variable.Key, variable => (string?)variable.Value)
        )
        {
            ["AWS_PROFILE"] = null,
            ["AWS_SESSION_TOKEN"] = null,
            ["AWS_CONFIG_FILE"] = Path.Combine(Aws.Home, "config"),
            ["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(Aws.Home, "credentials"),
        };

    public async ValueTask InitializeAsync()
    {
        await Aws.ResetAsync();
        Proxy.Rules.Clear();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task What_is_deployed_is_one_resource_with_its_state_addresses_and_services()
    {
        var shop = await new Shop(Aws, "api worker").DeployedAsync();
        await using var model = await RunningModel.StartAsync(Variables, "worker mailer");

        var stack = await model.UntilAsync(snapshot => snapshot.State?.Text == "Running");
        Assert.False(stack.IsHidden);
        Assert.Equal("Stack", stack.ResourceType);
        Assert.Equal("shop: CREATE_COMPLETE", RunningModel.Property(stack, "stack"));
        var source = RunningModel.Property(stack, CustomResourceKnownProperties.Source);
        Assert.StartsWith($"{EmulatedAws.Region}, account ", source, StringComparison.Ordinal);
        Assert.StartsWith("alice on ", RunningModel.Property(stack, "by"), StringComparison.Ordinal);
        Assert.EndsWith(" OK", RunningModel.Property(stack, "alarms"), StringComparison.Ordinal);
        Assert.Equal("1 of 1 running, shop-worker:1", RunningModel.Property(stack, "service.worker"));
        Assert.Equal("not deployed", RunningModel.Property(stack, "service.mailer"));
        Assert.EndsWith(", no longer in the model", RunningModel.Property(stack, "service.api"), StringComparison.Ordinal);
        // The address is in the list, the console in the details.
        Assert.Equal(
            [
                "Application",
                "Stack",
                "Foundation",
                "worker: service",
                "worker: logs",
                "worker: traces",
                "api: service",
                "api: logs",
                "api: traces",
                "Dashboard",
                "Alarms",
                "Trace map",
            ],
            stack.Urls.Select(url => url.Name)
        );
        Assert.Equal(["Application"], stack.Urls.Where(url => !url.IsInternal).Select(url => url.Name));
        Assert.Contains(stack.Urls, url => url.Url.Contains("/ecs/v2/clusters/shop/services/worker/", StringComparison.Ordinal));
        // Nothing else of it is in the model.
        Assert.Equal(["worker", "mailer", "shop"], model.Resources);

        await (shop with { Tag = "2.0" }).DeployedAsync();
        Assert.True((await model.CommandAsync("refresh")).Success);
        await model.UntilAsync(snapshot => RunningModel.Property(snapshot, "service.worker") == "1 of 1 running, shop-worker:2");
        Assert.Empty(model.Warnings);
    }

    [Fact]
    public async Task The_command_status_shows_what_the_verb_prints()
    {
        var shop = await new Shop(Aws, "worker").DeployedAsync();
        await using var model = await RunningModel.StartAsync(Variables, "worker");

        var result = await model.CommandAsync("status");
        Assert.True(result.Success && result.Data!.DisplayImmediately, result.Message);

        // Without the account, which the verb says first, and the frame of its step.
        var verb = (await shop.RunAsync("status")).EndedWith(0).Output;
        var lines = result.Data.Value.ReplaceLineEndings("\n").Split('\n');
        Assert.True(lines.Length > 5, result.Data.Value);
        Assert.All(lines, line => Assert.Contains(line.Trim(), verb));
    }

    [Fact]
    public async Task Its_tasks_and_alarms_show_in_its_health()
    {
        await new Shop(Aws, "worker queue").DeployedAsync();
        await using var model = await RunningModel.StartAsync(Variables, "worker");
        var stack = await model.UntilAsync(snapshot => snapshot.HealthReports.Length == 2 && snapshot.HealthStatus == HealthStatus.Healthy);
        Assert.Equal("worker: 1 of 1 running", stack.HealthReports.Single(report => report.Name == "shop_tasks").Description);
        Assert.EndsWith(" OK", stack.HealthReports.Single(report => report.Name == "shop_alarms").Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_deployed_is_looked_at_again_without_being_asked()
    {
        var shop = await new Shop(Aws, "worker").DeployedAsync();
        await using var model = await RunningModel.StartAsync(Variables, "worker", "Fargate:RefreshSeconds=0.2");
        await model.UntilAsync(snapshot => RunningModel.Property(snapshot, "service.worker") == "1 of 1 running, shop-worker:1");
        await (shop with { Tag = "2.0" }).DeployedAsync();
        await model.UntilAsync(snapshot => RunningModel.Property(snapshot, "service.worker") == "1 of 1 running, shop-worker:2");
    }

    [Fact]
    public async Task A_deploy_that_goes_on_is_an_update_and_a_stack_that_is_gone_stays_in_sight()
    {
        var shop = await new Shop(Aws, "worker").DeployedAsync();
        await using var model = await RunningModel.StartAsync(Variables, "worker", "Fargate:RefreshSeconds=0.2");
        await model.UntilAsync(snapshot => snapshot.State?.Text == "Running");
        await Aws.HoldResourceAsync("WorkerService", "update");
        var deploying = (shop with { Tag = "2.0" }).DeployedAsync();
        await model.UntilAsync(snapshot => snapshot.State?.Text == "Updating");
        await Aws.ReleaseResourceAsync("WorkerService");
        await deploying;
        await model.UntilAsync(snapshot => snapshot.State?.Text == "Running");

        (await shop.RunAsync("destroy", "--yes")).EndedWith(0);
        var gone = await model.UntilAsync(snapshot => snapshot.State?.Text == "NotDeployed");
        Assert.False(gone.IsHidden);
        Assert.Empty(gone.Urls);
    }

    [Fact]
    public async Task Another_environment_is_another_stack_and_hidden_where_it_is_not_deployed()
    {
        await using var model = await RunningModel.StartAsync(Variables, "worker", "Fargate:Environment=Staging");
        var stack = await model.UntilAsync("shop-staging", snapshot => snapshot.State?.Text == "NotDeployed");
        Assert.True(stack.IsHidden);
        Assert.StartsWith("There is no stack 'shop-staging' in account ", RunningModel.Advice(stack), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_credentials_nothing_is_called_and_nothing_is_shown()
    {
        var calls = Proxy.Calls.Count;
        var variables = new Dictionary<string, string?>(Variables) { ["AWS_ACCESS_KEY_ID"] = null, ["AWS_SECRET_ACCESS_KEY"] = null };
        await using var model = await RunningModel.StartAsync(variables, "worker");
        // Who looks for it under the hidden resources finds out why.
        var stack = await model.UntilAsync(snapshot => Advises(snapshot, "aws sso login"));
        Assert.True(stack.IsHidden);
        var result = await model.CommandAsync("refresh");
        Assert.False(result.Success);
        Assert.Contains("aws sso login", result.Message);
        Assert.Equal(calls, Proxy.Calls.Count);
        Assert.Empty(model.Warnings);
    }

    [Theory]
    [InlineData("AccessDenied", "docs/deployer-policy.md")]
    [InlineData("ExpiredToken", "Sign in again")]
    public async Task What_is_refused_is_advice_until_it_is_allowed(string code, string advice)
    {
        await new Shop(Aws, "worker").DeployedAsync();
        Proxy.Rules.Add(
            new FaultRule(Fault.Refuse, "cloudformation", "DescribeStacks", Times: int.MaxValue) { Code = code, Message = "Not like this" }
        );
        await using var model = await RunningModel.StartAsync(Variables, "worker");
        var stack = await model.UntilAsync(snapshot => Advises(snapshot, code));
        Assert.Contains(advice, RunningModel.Advice(stack));

        Proxy.Rules.Clear();
        Assert.True((await model.CommandAsync("refresh")).Success);
        await model.UntilAsync(snapshot => snapshot is { State.Text: "Running", IsHidden: false });
        Assert.Empty(model.Warnings);
    }

    [Fact]
    public async Task Who_may_not_see_the_alarms_sees_the_rest_and_why()
    {
        await new Shop(Aws, "worker queue").DeployedAsync();
        Proxy.Rules.Add(
            new FaultRule(Fault.Refuse, "monitoring", "DescribeAlarms", Times: int.MaxValue)
            {
                Code = "AccessDenied",
                Message = "not authorized to perform: cloudwatch:DescribeAlarms",
            }
        );
        await using var model = await RunningModel.StartAsync(Variables, "worker");
        var stack = await model.UntilAsync(snapshot => snapshot.State?.Text == "Running");
        Assert.Contains("cloudwatch:DescribeAlarms", RunningModel.Property(stack, "alarms"));

        Proxy.Rules.Clear();
        Assert.True((await model.CommandAsync("refresh")).Success);
        await model.UntilAsync(snapshot => RunningModel.Property(snapshot, "alarms")?.EndsWith(" OK", StringComparison.Ordinal) == true);
        Assert.Empty(model.Warnings);
    }

    [Fact]
    public async Task Credentials_that_AWS_does_not_know_are_said_to_be_so()
    {
        Proxy.Rules.Add(
            new FaultRule(Fault.Refuse, "sts", Times: int.MaxValue)
            {
                Code = "InvalidClientTokenId",
                Message = "The security token is invalid",
            }
        );
        await using var model = await RunningModel.StartAsync(Variables, "worker");
        var stack = await model.UntilAsync(snapshot => Advises(snapshot, "InvalidClientTokenId"));
        Assert.Contains("Sign in again", RunningModel.Advice(stack));
        Assert.True(stack.IsHidden);
    }

    [Fact]
    public async Task A_network_that_does_not_lead_to_AWS_is_said_and_tried_again()
    {
        await new Shop(Aws, "worker").DeployedAsync();
        Proxy.Rules.Add(new FaultRule(Fault.DropBefore, "sts", Times: int.MaxValue));
        await using var model = await RunningModel.StartAsync(Variables, "worker", "Fargate:RefreshSeconds=0.2");
        await model.UntilAsync(snapshot => Advises(snapshot, "AWS could not be reached: "));
        Proxy.Rules.Clear();
        await model.UntilAsync(snapshot => snapshot.State?.Text == "Running");
        Assert.Empty(model.Warnings);
    }

    private static bool Advises(CustomResourceSnapshot snapshot, string text) =>
        RunningModel.Advice(snapshot)?.Contains(text, StringComparison.Ordinal) == true;

    /// <summary>An account, and what counts and refuses the calls of this process to it.</summary>
    public sealed class WatchedAccount : IAsyncLifetime
    {
        public Account Account { get; } = new();

        /// <summary>Null where there is no emulator: the tests are skipped then.</summary>
        public FaultProxy? Proxy { get; private set; }

        public async ValueTask InitializeAsync()
        {
            await Account.InitializeAsync();
            Proxy = Account.IsThere ? await FaultProxy.StartAsync(Account.Aws.Url) : null;
        }

        public async ValueTask DisposeAsync()
        {
            if (Proxy is not null)
            {
                await Proxy.DisposeAsync();
            }

            await Account.DisposeAsync();
        }
    }
}
