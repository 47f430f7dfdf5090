using Aspire.Hosting.ApplicationModel;

namespace Deploy.Tests;

/// <summary>What somebody who runs the application here sees of what is deployed of it.</summary>
public sealed class RunModeTests(RunModeTests.WatchedAccount watched) : IClassFixture<RunModeTests.WatchedAccount>, IAsyncLifetime
{
    private EmulatedAws Aws => watched.Account.Aws;

    private FaultProxy Proxy => watched.Proxy!;

    private Dictionary<string, string?> Variables => new(Aws.EnvironmentFor(Proxy.Url).Where(variable => variable.Key != "HOME").ToDictionary(variable => variable.Key, variable => (string?)variable.Value))
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
    public async Task What_is_deployed_is_shown_and_a_rollout_once_it_is_refreshed()
    {
        var shop = await new Shop(Aws, "api worker").DeployedAsync();
        await using var model = await RunningModel.StartAsync(Variables, "worker mailer");

        var stack = await model.UntilAsync("shop", snapshot => snapshot.State?.Text == "CREATE_COMPLETE");
        Assert.True(stack.IsHidden);
        Assert.Equal("CloudFormationStack", stack.ResourceType);
        Assert.Equal((EmulatedAws.Region, "api"), (RunningModel.Property(stack, "deployed.region"), RunningModel.Property(stack, "deployed.services.left")));
        Assert.StartsWith("alice on ", RunningModel.Property(stack, "deployed.by"), StringComparison.Ordinal);
        Assert.EndsWith(" OK", RunningModel.Property(stack, "deployed.alarms"), StringComparison.Ordinal);
        Assert.Equal(["Application", "Stack", "Foundation", "Dashboard", "Alarms", "Trace map"], stack.Urls.Select(url => url.DisplayProperties.DisplayName));

        var worker = await model.UntilAsync("shop-worker", snapshot => snapshot.State?.Text == "COMPLETED");
        Assert.True(worker.IsHidden);
        Assert.Equal("EcsService", worker.ResourceType);
        Assert.Equal(new RelationshipSnapshot("shop", "Parent"), Assert.Single(worker.Relationships));
        Assert.Equal(
            ["worker", "1", "1", "0", "shop-worker:1", "example/worker:1.0"],
            new[] { "service", "tasks.desired", "tasks.running", "tasks.pending", "taskDefinition", "image" }.Select(name => RunningModel.Property(worker, $"deployed.{name}")));
        Assert.Contains(": RUNNING, ", RunningModel.Property(worker, "deployed.tasks"));
        Assert.Contains(worker.Urls, url => url.Url.Contains("/ecs/v2/clusters/shop/services/worker/", StringComparison.Ordinal));
        await model.UntilAsync("shop-mailer", snapshot => snapshot.State?.Text == "NotDeployed");

        await (shop with { Tag = "2.0" }).DeployedAsync();
        Assert.True((await model.RefreshAsync()).Success);
        await model.UntilAsync("shop-worker", snapshot => RunningModel.Property(snapshot, "deployed.image") == "example/worker:2.0");
        await model.UntilAsync("shop", snapshot => snapshot.State?.Text == "UPDATE_COMPLETE");
        Assert.Empty(model.Warnings);
    }

    [Fact]
    public async Task What_is_deployed_is_looked_at_again_without_being_asked()
    {
        var shop = await new Shop(Aws, "worker").DeployedAsync();
        await using var model = await RunningModel.StartAsync(Variables, "worker", "Fargate:RefreshSeconds=0.2");
        await model.UntilAsync("shop-worker", snapshot => RunningModel.Property(snapshot, "deployed.taskDefinition") == "shop-worker:1");
        await (shop with { Tag = "2.0" }).DeployedAsync();
        await model.UntilAsync("shop-worker", snapshot => RunningModel.Property(snapshot, "deployed.taskDefinition") == "shop-worker:2");
    }

    [Fact]
    public async Task Another_environment_is_another_stack()
    {
        await using var model = await RunningModel.StartAsync(Variables, "worker", "Fargate:Environment=Staging");
        var stack = await model.UntilAsync("shop-staging", snapshot => snapshot.State?.Text == "NotDeployed");
        Assert.StartsWith("There is no stack 'shop-staging' in account ", RunningModel.Advice(stack), StringComparison.Ordinal);
        await model.UntilAsync("shop-staging-worker", snapshot => snapshot.State?.Text == "NotDeployed");
    }

    [Fact]
    public async Task Without_credentials_nothing_is_called_and_the_page_says_how_to_sign_in()
    {
        var calls = Proxy.Calls.Count;
        await using var model = await RunningModel.StartAsync(new Dictionary<string, string?>(Variables) { ["AWS_ACCESS_KEY_ID"] = null, ["AWS_SECRET_ACCESS_KEY"] = null }, "worker");
        var stack = await model.UntilAsync("shop", snapshot => RunningModel.Advice(snapshot)?.Contains("aws sso login", StringComparison.Ordinal) == true);
        Assert.Equal("Unknown", stack.State?.Text);
        Assert.False((await model.RefreshAsync()).Success);
        Assert.Equal(calls, Proxy.Calls.Count);
        Assert.Empty(model.Warnings);
    }

    [Theory]
    [InlineData("AccessDenied", "docs/deployer-policy.md")]
    [InlineData("ExpiredToken", "Sign in again")]
    public async Task What_is_refused_is_advice_until_it_is_allowed(string code, string advice)
    {
        await new Shop(Aws, "worker").DeployedAsync();
        Proxy.Rules.Add(new FaultRule(Fault.Refuse, "cloudformation", "DescribeStacks", Times: int.MaxValue) { Code = code, Message = "Not like this" });
        await using var model = await RunningModel.StartAsync(Variables, "worker");
        var stack = await model.UntilAsync("shop", snapshot => RunningModel.Advice(snapshot)?.Contains(code, StringComparison.Ordinal) == true);
        Assert.Contains(advice, RunningModel.Advice(stack));
        await model.UntilAsync("shop-worker", snapshot => snapshot.State?.Text == "Unknown");

        Proxy.Rules.Clear();
        Assert.True((await model.RefreshAsync()).Success);
        await model.UntilAsync("shop-worker", snapshot => snapshot.State?.Text == "COMPLETED");
        Assert.Empty(model.Warnings);
    }

    [Fact]
    public async Task Who_may_not_see_the_alarms_sees_the_rest_and_why()
    {
        await new Shop(Aws, "worker queue").DeployedAsync();
        Proxy.Rules.Add(new FaultRule(Fault.Refuse, "monitoring", "DescribeAlarms", Times: int.MaxValue) { Code = "AccessDenied", Message = "not authorized to perform: cloudwatch:DescribeAlarms" });
        await using var model = await RunningModel.StartAsync(Variables, "worker");
        await model.UntilAsync("shop-worker", snapshot => snapshot.State?.Text == "COMPLETED");
        var stack = await model.UntilAsync("shop", snapshot => snapshot.State?.Text == "CREATE_COMPLETE");
        Assert.Contains("cloudwatch:DescribeAlarms", RunningModel.Property(stack, "deployed.alarms"));

        Proxy.Rules.Clear();
        Assert.True((await model.RefreshAsync()).Success);
        await model.UntilAsync("shop", snapshot => RunningModel.Property(snapshot, "deployed.alarms")?.EndsWith(" OK", StringComparison.Ordinal) == true);
        Assert.Empty(model.Warnings);
    }

    [Fact]
    public async Task Credentials_that_AWS_does_not_know_are_said_to_be_so()
    {
        Proxy.Rules.Add(new FaultRule(Fault.Refuse, "sts", Times: int.MaxValue) { Code = "InvalidClientTokenId", Message = "The security token is invalid" });
        await using var model = await RunningModel.StartAsync(Variables, "worker");
        var stack = await model.UntilAsync("shop", snapshot => RunningModel.Advice(snapshot)?.Contains("InvalidClientTokenId", StringComparison.Ordinal) == true);
        Assert.Contains("Sign in again", RunningModel.Advice(stack));
    }

    [Fact]
    public async Task A_network_that_does_not_lead_to_AWS_is_said_and_tried_again()
    {
        await new Shop(Aws, "worker").DeployedAsync();
        Proxy.Rules.Add(new FaultRule(Fault.DropBefore, "sts", Times: int.MaxValue));
        await using var model = await RunningModel.StartAsync(Variables, "worker", "Fargate:RefreshSeconds=0.2");
        await model.UntilAsync("shop", snapshot => RunningModel.Advice(snapshot)?.StartsWith("AWS could not be reached: ", StringComparison.Ordinal) == true);
        Proxy.Rules.Clear();
        await model.UntilAsync("shop", snapshot => snapshot.State?.Text == "CREATE_COMPLETE");
        Assert.Empty(model.Warnings);
    }

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
