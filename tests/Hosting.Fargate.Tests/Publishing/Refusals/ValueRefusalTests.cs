using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Tests.Publishing.Refusals;

public sealed class ValueRefusalTests
{
    [Fact]
    public Task A_resource_is_no_value() =>
        Refused.ValueAsync(
            builder => builder.AddContainer("cache", "redis").Resource,
            "is the resource 'cache' itself, which is no value",
            "Give cache.GetEndpoint(\"…\")"
        );

    [Fact]
    public Task A_value_of_unknown_kind_is_refused_by_its_kind() =>
        Refused.ValueAsync(
            _ => new List<string>(),
            "is of type List`1, which has no counterpart on ECS",
            "Give text, a parameter, an endpoint"
        );

    [Theory]
    [InlineData("{{resolve:ssm:name}}")]
    [InlineData("a {{resolve:secretsmanager:x}} b")]
    public Task Text_that_CloudFormation_would_resolve_is_refused(string text) =>
        Refused.ValueAsync(_ => text, "holds the text '{{resolve:'", "Make the value a secret parameter");

    [Fact]
    public Task Text_that_becomes_such_when_it_is_put_together_is_refused() =>
        Refused.ValueAsync(
            // Four braces in a row are two, for a literal brace is doubled once more in an expression.
            _ => ReferenceExpression.Create($"{ReferenceExpression.Create($"{{{{{{{{res")}{ReferenceExpression.Create($"olve:ssm:name")}"),
            "holds the text '{{resolve:'"
        );

    [Fact]
    public Task Such_text_of_the_options_is_refused() =>
        Refused.ForAsync(
            builder => builder.AddWorker("worker").PublishAsFargateService(service => service.Environment["VALUE"] = "{{resolve:ssm:x}}"),
            "VALUE of 'worker' holds the text '{{resolve:'"
        );

    [Fact]
    public Task Such_text_of_a_sidecar_is_refused() =>
        Refused.WorkerAsync(
            service => service.AddSidecar("proxy", "proxy:1", sidecar => sidecar.Environment["KEY"] = "{{resolve:ssm:x}}"),
            "gives the sidecar 'proxy' the text '{{resolve:'",
            "Write the text otherwise"
        );

    [Fact]
    public Task An_endpoint_that_does_not_exist_is_refused_with_those_that_do() =>
        Refused.ValueAsync(
            builder => builder.AddWeb("api").GetEndpoint("grpc"),
            "refers to the endpoint 'grpc' of 'api', which there is not. There is 'http' and 'https'."
        );

    [Fact]
    public Task An_endpoint_of_what_has_none_is_refused_with_how_to_add_one() =>
        Refused.ValueAsync(
            builder => builder.AddContainer("cache", "example/cache").GetEndpoint("tcp"),
            "'cache' has none: add one with WithHttpEndpoint or WithEndpoint"
        );

    [Fact]
    public Task An_argument_with_an_endpoint_of_what_is_not_published_is_refused() =>
        Refused.ForAsync(
            builder =>
            {
                var tool = builder.AddContainer("tool", "tool").WithHttpEndpoint(targetPort: 80).ExcludeFromManifest();
                builder.AddWorker("worker").WithArgs(tool.GetEndpoint("http"));
            },
            "refers to 'tool', which is not published",
            "Publish it, or leave the reference out"
        );

    [Fact]
    public Task An_output_of_a_stack_is_refused_with_what_to_write() =>
        Refused.ValueAsync(
            _ => "{resources.output.QueueUrl}",
            "is the output 'QueueUrl' of the stack 'resources' (GetOutput), which deploy does not read",
            "builder.AddParameter(\"resources-QueueUrl\")"
        );

    [Fact]
    public async Task An_endpoint_of_an_executable_is_refused_beside_the_executable()
    {
        var message = await Published.RefusalAsync(builder =>
            builder
                .AddWorker("worker")
                .WithEnvironment("VALUE", builder.AddExecutable("tool", "ls", ".").WithHttpEndpoint(targetPort: 80).GetEndpoint("http"))
        );

        Assert.Contains("VALUE of 'worker' refers to 'tool', an executable, which runs here only.", message, StringComparison.Ordinal);
        Assert.Contains("(2 problems)", message, StringComparison.Ordinal);
    }

    [Fact]
    public Task An_endpoint_of_a_task_is_refused() =>
        Refused.ValueAsync(
            builder => builder.AddWeb("migrate").PublishAsFargateTask().GetEndpoint("http"),
            "refers to an endpoint of 'migrate', a task that runs and ends: nobody can call it"
        );

    [Fact]
    public Task A_task_on_External_cannot_call_an_internal_endpoint() =>
        Refused.ForAsync(
            builder =>
            {
                var api = builder.AddWeb("api");
                builder
                    .AddContainer("migrate", "migrate")
                    .WithEnvironment("VALUE", api.GetEndpoint("http"))
                    .PublishAsFargateTask(task =>
                    {
                        task.OnSchedule("rate(1 day)");
                        (task.Capacity, task.Telemetry) = (Capacity.External, Telemetry.None);
                    });
            },
            "VALUE of 'migrate' refers to the internal endpoint 'http' of 'api', which cannot be reached: 'migrate' has no name in the network",
            "WithExternalHttpEndpoints",
            "go by a queue or database"
        );

    [Fact]
    public Task What_runs_on_External_cannot_call_an_internal_endpoint() =>
        Refused.ForAsync(
            builder =>
            {
                var api = builder.AddWeb("api");
                builder
                    .AddContainer("edge", "edge")
                    .WithEnvironment("VALUE", api.GetEndpoint("http"))
                    .PublishAsFargateService(service => service.Capacity = Capacity.External);
            },
            "'edge' has no name in the network, since External has neither Service Connect nor an address of its own"
        );

    [Fact]
    public Task What_runs_on_External_cannot_be_called() =>
        Refused.ForAsync(
            builder =>
            {
                var edge = builder
                    .AddContainer("edge", "edge")
                    .WithHttpEndpoint(targetPort: 80)
                    .PublishAsFargateService(service => service.Capacity = Capacity.External);
                builder.AddWorker("worker").WithEnvironment("VALUE", edge.GetEndpoint("http"));
            },
            "'edge' has no name in the network, since External has neither Service Connect nor an address of its own"
        );

    [Fact]
    public Task Of_formats_there_is_uri_alone() =>
        Refused.ValueAsync(
            builder => ReferenceExpression.Create($"{builder.AddParameter("stage", "x"):base64}"),
            "is formatted as 'base64'. Of formats there is 'uri' alone."
        );

    [Fact]
    public Task What_only_AWS_knows_cannot_be_encoded() =>
        Refused.ValueAsync(
            builder => ReferenceExpression.Create($"http://x/{builder.AddSqsQueue("jobs").Resource.QueueUrl:uri}"),
            "puts what is known only on AWS into an address as 'uri'",
            "Pass it as a value of its own"
        );

    [Fact]
    public Task A_choice_cannot_look_into_a_secret() =>
        Refused.ValueAsync(
            builder =>
                ReferenceExpression.CreateConditional(
                    builder.AddParameter("key", secret: true).Resource,
                    "x",
                    ReferenceExpression.Create($"a"),
                    ReferenceExpression.Create($"b")
                ),
            "depends on the secret 'key', which a template cannot look into",
            "Decide on a parameter that is no secret"
        );

    [Fact]
    public Task A_choice_cannot_wait_for_AWS() =>
        Refused.ValueAsync(
            builder =>
                ReferenceExpression.CreateConditional(
                    builder.AddSqsQueue("jobs").Resource.QueueUrl,
                    "x",
                    ReferenceExpression.Create($"a"),
                    ReferenceExpression.Create($"b")
                ),
            "depends on what is known only on AWS. Decide on a parameter."
        );

    [Fact]
    public Task The_port_of_what_has_none_is_refused() =>
        Refused.ValueAsync(
            builder => new ContainerPortReference(builder.AddContainer("cache", "example/cache").Resource),
            "is the container's port of 'cache', which has none here"
        );

    [Fact]
    public Task An_output_of_a_queue_that_the_model_excludes_is_refused() =>
        Refused.ForAsync(
            builder => builder.AddWorker("worker").WithReference(builder.AddSqsQueue("jobs").ExcludeFromManifest(), QueueAccess.Send),
            "'worker' uses 'jobs', which 'shop' does not have",
            "UseExisting(arn)"
        );

    [Fact]
    public async Task What_is_wrong_with_several_values_is_said_once_and_names_who_has_them()
    {
        var refusal = await Published.RefusalAsync(builder =>
        {
            var storage = builder.AddResource(new Aspire.Hosting.Azure.AzureTestStorageResource("storage"));
            builder.AddWorker("first").WithReference(storage);
            builder.AddWorker("second").WithReference(storage);
            builder.AddWorker("third").WithReference(storage).WithEnvironment("COPY", storage.Resource.ConnectionStringExpression);
        });

        Assert.StartsWith("The model cannot be published to 'shop' (2 problems):", refusal, StringComparison.Ordinal);
        Assert.Contains(
            "  - ConnectionStrings__storage of 'first', 'second' and 'third' is the connection string of 'storage', a resource of Azure",
            refusal,
            StringComparison.Ordinal
        );
        Assert.Contains("  - COPY of 'third' is a value of 'storage'", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public Task Several_variables_that_refer_to_a_task_are_one_problem_which_says_what_makes_it_one() =>
        Refused.ForAsync(
            builder =>
            {
                var api = builder.AddWeb("api");
                builder.AddWorker("gateway").WithReference(api).WaitForCompletion(api);
            },
            "API_HTTP of 'gateway' (and 3 more of its variables) refers to an endpoint of 'api', a task that runs and ends: nobody can call it.",
            "Where it is a server, have others wait for it by WaitFor"
        );
}
