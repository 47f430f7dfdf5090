using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Publishing;
using Hosting.Fargate.Validation;
using Hosting.Fargate.Writing;

namespace Hosting.Fargate.Tests.Publishing;

/// <summary>
/// 150 services that refer to each other, as nested stacks. Limits:
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
/// </summary>
public sealed class ManyServicesTests
{
    private const int Services = 150;
    private const int External = 95;

    private static readonly Lazy<Task<Publication>> s_publication = new(() => Published.ModelAsync(Build));

    [Fact]
    public async Task Each_service_is_a_stack_of_its_own()
    {
        var templates = (await s_publication.Value).Templates;
        Assert.Equal(Services, templates.Nested.Count);
        Assert.Equal(
            templates.Nested.Select(template => template.StackName).Order(),
            templates
                .Application.Resources.Where(resource => resource.Type == "AWS::CloudFormation::Stack")
                .Select(stack => $"mall-{stack.Owner}")
                .Order()
        );
        Assert.All(templates.Nested, template => Assert.Single(template.Resources, resource => resource.Type == "AWS::ECS::Service"));
    }

    [Fact]
    public async Task Each_stack_is_complete_in_itself()
    {
        var templates = (await s_publication.Value).Templates;
        Assert.All(templates.All, template => Assert.Empty(TemplateValidator.Validate(template)));
        Assert.All(templates.Nested, template =>
        {
            var stack = templates.Application.Resources.Single(resource =>
                resource.Type == "AWS::CloudFormation::Stack" && $"mall-{resource.Owner}" == template.StackName
            );
            Assert.Equal(template.Parameters.Keys.Order(), (stack.Properties.At("Parameters") as TemplateMap ?? []).Keys.Order());

            // What the root takes from a stack, the stack gives, and nothing else.
            var taken = templates
                .Application.Resources.SelectMany(resource => resource.Properties.AllReferences())
                .Where(reference => reference.Id == stack.Id)
                .Select(reference => reference.Attribute!["Outputs.".Length..])
                .Distinct();
            Assert.Equal(template.Outputs.Keys.Order(), taken.Order());
        });
    }

    [Fact]
    public async Task Each_template_is_within_what_CloudFormation_takes()
    {
        var publication = await s_publication.Value;
        Assert.All(publication.Templates.All, template =>
        {
            Assert.InRange(template.Resources.Count, 1, 500);
            Assert.InRange(template.Parameters.Count, 0, 200);
            Assert.InRange(template.Outputs.Count, 0, 200);
            var json = TemplateJson.Write(template);
            Assert.InRange(json.Length, 1, 1_000_000);

            // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
            Assert.InRange(Encoding.UTF8.GetString(json).Split("{{resolve:").Length - 1, 0, 60);
        });
        Assert.All(publication.Templates.Nested, template =>
            Assert.True(TemplateJson.Write(template).Length <= 51_200, $"{template.StackName} is larger than what a call takes.")
        );
    }

    [Fact]
    public async Task More_secrets_inside_texts_than_one_stack_takes_are_in_nested_stacks()
    {
        var templates = (await WithSecretsInTexts(61)).Templates;

        Assert.Equal(["shop-worker0", "shop-worker1", "shop-worker2"], templates.Nested.Select(template => template.StackName));
        Assert.All(templates.All, template => Assert.Empty(TemplateValidator.Validate(template)));
        Assert.Empty((await WithSecretsInTexts(60)).Templates.Nested);

        static Task<Publication> WithSecretsInTexts(int count) =>
            Published.ModelAsync(builder =>
            {
                var password = builder.AddParameter("password", secret: true);
                List<IResourceBuilder<ProjectResource>> workers = [.. Enumerable.Range(0, 3).Select(i => builder.AddWorker($"worker{i}"))];
                for (var i = 0; i < count; i++)
                {
                    var name = $"DB{i}";
                    workers[i % workers.Count].WithEnvironment(name, ReferenceExpression.Create($"Host={name};Password={password}"));
                }
            });
    }

    [Fact]
    public async Task What_is_shared_is_within_what_load_balancer_and_ECS_take()
    {
        var templates = (await s_publication.Value).Templates;
        var resources = templates.All.SelectMany(template => template.Resources).ToLookup(resource => resource.Type);
        Assert.InRange(resources["AWS::ElasticLoadBalancingV2::ListenerRule"].Count(), External, 100);
        Assert.InRange(resources["AWS::ElasticLoadBalancingV2::TargetGroup"].Count(), External, 100);
        var priorities = resources["AWS::ElasticLoadBalancingV2::ListenerRule"]
            .Select(rule => rule.Properties.At("Priority").AsInt())
            .ToList();
        Assert.Equal(priorities.Count, priorities.Distinct().Count());
        Assert.Equal(Services, resources["AWS::ECS::Service"].Count());
        Assert.All(resources["AWS::ECS::TaskDefinition"], definition =>
        {
            Assert.InRange(definition.Properties.At("ContainerDefinitions").Items().Count(), 1, 10);
            Assert.InRange(definition.Properties.InOneLine().Length, 1, 64 * 1024);
        });
        Assert.All(resources["AWS::EC2::SecurityGroup"], group =>
            Assert.InRange(group.Properties.At("SecurityGroupIngress").Items().Count(), 0, 60)
        );
        Assert.InRange(resources["AWS::CloudWatch::Dashboard"].Single().Properties.InOneLine().Length, 1, 1_000_000);
    }

    [Fact]
    public async Task Cfn_lint_has_nothing_to_say_of_some_of_them()
    {
        var publication = await s_publication.Value;
        string[] sample = ["mall-shop0", "mall-shop94", "mall-inner7", "mall-worker3", "mall-worker19"];
        var files = publication
            .Templates.Nested.Where(template => sample.Contains(template.StackName))
            .Select(template => ($"{template.StackName}.yaml", publication.File($"mall.nested/{template.StackName}.template.yaml")))
            .ToList();
        Assert.Equal(sample.Length, files.Count);
        Assert.Empty(await CfnLint.CheckAsync(files));
    }

    /// <summary>95 external services, 35 internal ones in chains of five, 20 workers with a queue for each two.</summary>
    private static void Build(IDistributedApplicationBuilder builder)
    {
        builder.AddFargateEnvironment("mall");
        var password = builder.AddParameter("password", secret: true);
        List<IResourceBuilder<ProjectResource>> inner = [];
        for (var i = 0; i < 35; i++)
        {
            inner.Add(builder.AddWeb($"inner{i}"));
            if (i % 5 != 0)
            {
                inner[i].WithReference(inner[i - 1]);
            }
        }

        List<IResourceBuilder<SqsQueueResource>> queues = [.. Enumerable.Range(0, 10).Select(i => builder.AddSqsQueue($"queue{i}"))];
        for (var i = 0; i < External; i++)
        {
            var number = i;

            // The priority by hand: those made from so many paths are likely to have two the same, which is refused.
            builder
                .AddWeb($"shop{i}")
                .WithExternalHttpEndpoints()
                .WithHttpHealthCheck("/health")
                .WithReference(inner[i % inner.Count])
                .WithReference(queues[i % queues.Count], QueueAccess.Send)
                .PublishAsFargateService(service =>
                {
                    service.WithRoute($"/shop{number}/*", priority: number + 1);
                    service.Scale(2, 10).OnCpu(60).OnRequests(1000);
                });
        }

        for (var i = 0; i < 20; i++)
        {
            var queue = queues[i / 2];
            var worker = builder
                .AddWorker($"worker{i}")
                .WithReference(queue, QueueAccess.Consume)
                .WithReference(inner[i])
                .PublishAsFargateService(service => service.Scale(1, 10).OnBacklog(queue, 10));
            if (i % 4 == 3)
            {
                worker.WithEnvironment("DB", ReferenceExpression.Create($"Host=db;Password={password}"));
            }
        }
    }
}
