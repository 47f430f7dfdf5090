using Aspire.Hosting;
using Aws.CloudFormation;
using Hosting.Fargate.Validation;

namespace Hosting.Fargate.Tests.Validation;

public sealed class TemplateValidatorTests
{
    [Fact]
    public void A_sound_template_has_no_fault()
    {
        var sound = new SoundTemplate();
        sound.HasNoFault();
        TemplateValidator.ThrowIfFaulty([sound.Template, new Template("shop-foundation", "what outlives it")]);
    }

    [Fact]
    public void All_faults_of_all_templates_are_said_at_once()
    {
        var first = new SoundTemplate();
        first.ScalableTarget["MinCapacity"] = 11;
        first.Task["Memory"] = "512";
        var second = new Template("shop-foundation", "what outlives it");
        second.Add(new TemplateResource("Jobs", "AWS::SQS::Queue") { Properties = new() { ["KmsMasterKeyId"] = Fn.Ref("Key") } });

        var exception = Assert.Throws<DistributedApplicationException>(() => TemplateValidator.ThrowIfFaulty([first.Template, second]));

        Assert.Equal(
            """
            AWS would refuse what is published (3 problems). Look first at what ConfigureTemplate and Configure change:
              - 'ApiTask' of 'shop' gives the container 'api' 704 MiB of memory, and the task has 512. Raise the Memory of the task, or lower the container's.
              - 'ApiRange' of 'shop' scales between at least 11 and at most 10 tasks. Write a MinCapacity that is not above MaxCapacity.
              - 'Jobs' of 'shop-foundation' refers to 'Key', and the template has no such resource or parameter (in KmsMasterKeyId). Correct the name, or add what it names.
            """,
            exception.Message,
            ignoreLineEndingDifferences: true
        );
    }

    [Fact]
    public void What_only_CloudFormation_will_know_is_no_fault()
    {
        var sound = new SoundTemplate();
        var size = Fn.Ref("Size");
        sound.Task["Memory"] = size;
        sound.Task["Cpu"] = Fn.If("IsLarge", "1024", "512");
        sound.Api["Memory"] = size;
        sound.Api["StopTimeout"] = size;
        sound.Api["PortMappings"] = Fn.If("IsLarge", new TemplateList([]), Fn.NoValue);
        sound.Api["LogConfiguration"] = Fn.If("IsLarge", new TemplateMap { ["LogDriver"] = "awslogs" }, Fn.NoValue);
        sound.Agent["RestartPolicy"] = new TemplateMap { ["RestartAttemptPeriod"] = size };
        sound.LoadBalancer["ContainerPort"] = 9090;
        sound.Service["HealthCheckGracePeriodSeconds"] = size;
        sound.ScalableTarget["MinCapacity"] = size;
        sound.Night["Schedule"] = size;
        sound.Night["Timezone"] = size;
        sound.Schedule["ScheduleExpression"] = Fn.Sub("rate(${Size} minutes)");
        sound.Rule["Priority"] = size;
        sound.Alarm["Metrics"] = Fn.If("IsLarge", new TemplateList([]), new TemplateList([]));
        sound.Scaling["TargetTrackingScalingPolicyConfiguration"] = Fn.If("IsLarge", new TemplateMap(), new TemplateMap());
        sound.Dashboard["DashboardBody"] = size;
        sound.HasNoFault();
    }

    [Fact]
    public void A_list_with_an_unknown_item_may_have_any_name()
    {
        var sound = new SoundTemplate();
        sound.Task["ContainerDefinitions"] = new TemplateList([sound.Agent, Fn.If("IsLarge", sound.Api, Fn.NoValue)]);
        sound.HasNoFault();
    }
}
