using Aws.CloudFormation;
using Hosting.Fargate.Validation;

namespace Hosting.Fargate.Tests.Validation;

public sealed class ContainerTests
{
    private readonly SoundTemplate _sound = new();

    [Fact]
    public void A_container_has_no_more_memory_than_the_task()
    {
        _sound.Api["Memory"] = 2048;
        _sound.HasFault(
            "'ApiTask' of 'shop' gives the container 'api' 2048 MiB of memory, and the task has 1024. Raise the Memory of the task, or lower the container's."
        );
    }

    [Fact]
    public void Containers_together_have_no_more_memory_than_the_task()
    {
        _sound.Api["Memory"] = "900";
        _sound.HasFault(
            "'ApiTask' of 'shop' reserves 1092 (api 900 + agent 192) MiB of memory for its containers, and the task has 1024. Raise the Memory of the task, or lower the containers'."
        );
    }

    [Fact]
    public void A_limit_above_what_is_reserved_is_not_counted()
    {
        _sound.Api["Memory"] = 1024;
        _sound.Api["MemoryReservation"] = 704;
        _sound.HasNoFault();
    }

    [Theory]
    [InlineData("1 GB", ".5 vCPU")]
    [InlineData("1gb", "0.5vcpu")]
    [InlineData("896", "512")]
    public void Sizes_of_tasks_may_have_a_unit(string memory, string cpu)
    {
        _sound.Task["Memory"] = memory;
        _sound.Task["Cpu"] = cpu;
        _sound.HasNoFault();

        _sound.Agent["Memory"] = 600;
        _sound.Agent["Cpu"] = 65;
        Assert.Equal(2, TemplateValidator.Validate(_sound.Template).Count);
    }

    [Fact]
    public void Containers_have_no_more_CPU_than_the_task()
    {
        _sound.Agent["Cpu"] = 128;
        _sound.HasFault(
            "'ApiTask' of 'shop' reserves 576 (api 448 + agent 128) CPU units for its containers, and the task has 512. Raise the Cpu of the task, or lower the containers'."
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(121)]
    public void A_container_has_two_seconds_to_two_minutes_to_stop_on_Fargate(int seconds)
    {
        _sound.Api["StopTimeout"] = seconds;
        _sound.HasFault(
            $"'ApiTask' of 'shop' gives the container 'api' {seconds} s to stop, and Fargate takes 2 to 120. Write such a StopTimeout."
        );

        _sound.Task["RequiresCompatibilities"] = new TemplateList(["EC2"]);
        _sound.HasNoFault();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(120)]
    public void Two_seconds_and_two_minutes_to_stop_are_in_range(int seconds)
    {
        _sound.Api["StopTimeout"] = seconds;
        _sound.HasNoFault();
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    [InlineData(1800, true)]
    [InlineData(1801, false)]
    public void A_container_restarts_every_one_to_thirty_minutes(int seconds, bool isSound)
    {
        _sound.Agent.Map("RestartPolicy")["RestartAttemptPeriod"] = seconds;
        _sound.HasFault(
            isSound
                ? []
                :
                [
                    $"'ApiTask' of 'shop' restarts the container 'agent' at most every {seconds} s, and ECS takes 60 to 1800. Write such a RestartAttemptPeriod.",
                ]
        );
    }

    [Theory]
    [InlineData("awslogs-group")]
    [InlineData("awslogs-region")]
    [InlineData("awslogs-stream-prefix")]
    public void Logs_on_Fargate_need_group_region_and_prefix(string option)
    {
        _sound.Api.Map("LogConfiguration").Map("Options")[option] = null;
        _sound.HasFault(
            $"'ApiTask' of 'shop' has the log driver awslogs for the container 'api' without {option}. Add that to LogConfiguration.Options."
        );
    }

    [Fact]
    public void Logs_of_Service_Connect_need_them_too()
    {
        _sound.Service.Map("ServiceConnectConfiguration").Map("LogConfiguration")["Options"] = null;
        _sound.HasFault(
            "'ApiService' of 'shop' has the log driver awslogs for Service Connect without awslogs-group and awslogs-region and awslogs-stream-prefix. Add that to LogConfiguration.Options."
        );
    }

    [Fact]
    public void Logs_elsewhere_need_no_prefix_and_other_drivers_nothing()
    {
        _sound.Task["RequiresCompatibilities"] = new TemplateList(["EC2"]);
        _sound.Api.Map("LogConfiguration").Map("Options")["awslogs-stream-prefix"] = null;
        _sound.Agent["LogConfiguration"] = new TemplateMap { ["LogDriver"] = "awsfirelens" };
        _sound.HasNoFault();
    }

    [Fact]
    public void A_variable_is_given_once()
    {
        ((TemplateList)_sound.Api["Environment"]!).Add(SoundTemplate.Variable("Upstream", "https://example.com"));
        ((TemplateList)_sound.Api["Environment"]!).Add(SoundTemplate.Variable("Size", "3"));
        _sound.HasFault(
            "'ApiTask' of 'shop' gives the container 'api' the variable 'Size' more than once. Leave one of them in Environment and Secrets.",
            "'ApiTask' of 'shop' gives the container 'api' the variable 'Upstream' more than once. Leave one of them in Environment and Secrets."
        );
    }

    [Theory]
    [InlineData("{{resolve:secretsmanager:key}}")]
    [InlineData("https://user:{{resolve:secretsmanager:key:SecretString:password}}@example.com")]
    [InlineData("{{resolve:ssm-secure:key:1}}")]
    public void A_secret_does_not_stand_in_the_environment(string value)
    {
        ((TemplateList)_sound.Api["Environment"]!).Add(SoundTemplate.Variable("KEY", Fn.Sub(value)));
        _sound.HasFault(
            "'ApiTask' of 'shop' puts a secret into the environment variable 'KEY' of the container 'api': who may read the task definition reads its value. Put it under Secrets, with the ARN of the secret as ValueFrom."
        );
    }

    [Fact]
    public void A_parameter_of_Systems_Manager_may_stand_in_the_environment()
    {
        ((TemplateList)_sound.Api["Environment"]!).Add(SoundTemplate.Variable("PLAIN", "{{resolve:ssm:/shop/plain:3}}"));
        _sound.HasNoFault();
    }
}
