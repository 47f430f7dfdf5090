using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Tests.ApplicationModel;

public sealed class BuilderTests
{
    [Theory]
    [InlineData("1st", "must start with an ASCII letter")]
    [InlineData("a--b", "cannot contain consecutive hyphens")]
    [InlineData("a_b", "only ASCII letters, digits, and hyphens")]
    [InlineData("a-", "cannot end with a hyphen")]
    [InlineData("", "between 1 and 64 characters")]
    public void A_name_that_breaks_a_rule_is_refused_with_the_rule(string name, string rule)
    {
        var exception = Assert.Throws<ArgumentException>(() => Models.ToRun().AddContainer(name, "redis"));

        Assert.StartsWith($"Resource name '{name}' is invalid.", exception.Message);
        Assert.Contains(rule, exception.Message);
    }

    [Fact]
    public void A_name_is_taken_once_whatever_its_case()
    {
        var app = Models.ToRun();
        app.AddContainer("cache", "redis");

        var exception = Assert.Throws<DistributedApplicationException>(() => app.AddExecutable("Cache", "ls", "."));
        Assert.Contains("'Cache'", exception.Message);
    }

    [Theory]
    [InlineData("", DistributedApplicationOperation.Run, null)]
    [InlineData("--operation publish --step deploy", DistributedApplicationOperation.Publish, "deploy")]
    [InlineData("--operation Publish --step plan --output-path /out --yes true", DistributedApplicationOperation.Publish, "plan")]
    [InlineData("--publisher manifest", DistributedApplicationOperation.Publish, "publish-manifest")]
    [InlineData("--publisher manifest --operation run", DistributedApplicationOperation.Run, "publish-manifest")]
    public void Switches_say_what_the_AppHost_is_started_for(string commandLine, DistributedApplicationOperation operation, string? step)
    {
        var app = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            DisableDashboard = true,
        });

        Assert.Equal(operation, app.ExecutionContext.Operation);
        Assert.Equal(step, app.Configuration["Pipeline:Step"]);
        Assert.Equal(commandLine.Contains("--yes") ? "true" : null, app.Configuration["Pipeline:SkipConfirmation"]);
    }

    [Fact]
    public void An_operation_that_there_is_not_is_refused_by_name()
    {
        var exception = Assert.Throws<DistributedApplicationException>(() => Models.ToRun("--operation", "inspect"));
        Assert.Contains("'inspect'", exception.Message);
    }

    [Fact]
    public void The_environment_and_the_place_of_the_AppHost_are_known()
    {
        var directory = Path.GetTempPath();
        var app = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = ["--environment", "Staging"],
            ProjectDirectory = directory,
            DisableDashboard = true,
        });

        Assert.True(app.Environment.IsStaging());
        Assert.Equal(directory, app.AppHostDirectory);
        Assert.Equal(app.Configuration["AppHost:PathSha256"], app.Configuration["AppHost:Sha256"]);
        Assert.Equal(64, app.Configuration["AppHost:Sha256"]!.Length);
    }

    [Fact]
    public async Task Events_reach_those_who_asked_for_the_resource_in_order()
    {
        var app = Models.ToRun();
        var seen = new List<string>();
        var first = app.AddContainer("first", "redis").OnBeforeResourceStarted((resource, _, _) => Note($"{resource.Name} a"))
            .OnBeforeResourceStarted((resource, _, _) => Note($"{resource.Name} b"));
        app.AddContainer("second", "redis").OnBeforeResourceStarted((resource, _, _) => Note(resource.Name));
        var subscription = app.Eventing.Subscribe<BeforeResourceStartedEvent>((_, _) => Note("gone"));
        app.Eventing.Unsubscribe(subscription);

        await app.Eventing.PublishAsync(new BeforeResourceStartedEvent(first.Resource, EmptyServices.Instance));

        Assert.Equal(["first a", "first b"], seen);
        Assert.Throws<ArgumentException>(() => app.Eventing.Subscribe<IDistributedApplicationEvent>((_, _) => Task.CompletedTask));

        Task Note(string what)
        {
            seen.Add(what);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public void A_test_takes_part_in_the_construction_of_a_builder_on_its_own_flow()
    {
        var interceptor = new Recorder();
        IDistributedApplicationBuilder app;
        using (DistributedApplicationInterception.Use(interceptor))
        {
            app = Models.ToRun();
        }

        Models.ToRun();
        Assert.Equal(["constructing", "constructed"], interceptor.Calls);
        Assert.Equal("Interception", app.Environment.EnvironmentName);
    }

    private sealed class Recorder : DistributedApplicationInterceptor
    {
        public List<string> Calls { get; } = [];

        public override void Constructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
        {
            settings.EnvironmentName = "Interception";
            Calls.Add("constructing");
        }

        public override void Constructed(DistributedApplicationBuilder builder) => Calls.Add("constructed");
    }

    private sealed class EmptyServices : IServiceProvider
    {
        public static EmptyServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}
