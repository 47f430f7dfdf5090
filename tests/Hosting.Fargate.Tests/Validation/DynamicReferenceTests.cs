using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Validation;

public sealed class DynamicReferenceTests
{
    private const string Form =
        "Write {{resolve:secretsmanager:secret:SecretString:json-key:version-stage:version-id}}; what is not needed may be empty, or left out at the end.";

    private readonly SoundTemplate _sound = new();

    private TemplateMap Upstream => _sound.Template["Upstream"].Properties;

    [Theory]
    [InlineData("{{resolve:secretsmanager:key}}")]
    [InlineData("{{resolve:secretsmanager:key::::}}")]
    [InlineData("{{resolve:secretsmanager:shop/key:SecretString:password}}")]
    [InlineData("{{resolve:secretsmanager:key:SecretString:password:AWSPREVIOUS:}}")]
    [InlineData("{{resolve:secretsmanager:arn:aws:secretsmanager:us-east-1:123456789012:secret:key-AbCdEf}}")]
    [InlineData(
        "{{resolve:secretsmanager:arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:key:SecretString:password::${KeyVersion}}}"
    )]
    [InlineData("{{resolve:secretsmanager:${Key}:SecretString:::${KeyVersion}}} and {{resolve:ssm:/shop/name:3}}")]
    [InlineData("{{resolve:ssm:name}}")]
    [InlineData("{{resolve:ssm-secure:/shop/name:${KeyVersion}}}")]
    [InlineData("{{ mustache }} {{resolved:}}")]
    public void A_reference_as_CloudFormation_reads_it_is_sound(string text)
    {
        Upstream["SecretString"] = Fn.Sub(text);
        _sound.HasNoFault();
    }

    [Theory]
    [InlineData("{{resolve:secretsmanager:}}", "it has no secret, or not all of its ARN. " + Form)]
    [InlineData(
        "{{resolve:secretsmanager:arn:aws:secretsmanager:us-east-1:123456789012:key}}",
        "it has no secret, or not all of its ARN. " + Form
    )]
    [InlineData("{{resolve:secretsmanager:key:SecretString:a:b::c}}", "it has too many parts. " + Form)]
    [InlineData("{{resolve:secretsmanager:key:password}}", "'password' stands where SecretString should. " + Form)]
    [InlineData(
        "{{resolve:secretsmanager:key:SecretString:a:stage:id}}",
        "it has both a version stage and a version id. Leave one of them empty."
    )]
    [InlineData("{{resolve:vault:key}}", "there is no service 'vault'. Write secretsmanager, ssm or ssm-secure.")]
    [InlineData(
        "{{resolve:ssm:name:latest}}",
        "it is no parameter's name with a version. Write {{resolve:ssm:name:version}}, the version a number or left out."
    )]
    [InlineData(
        "{{resolve:ssm:}}",
        "it is no parameter's name with a version. Write {{resolve:ssm:name:version}}, the version a number or left out."
    )]
    [InlineData("{{resolve:secretsmanager:key", "it does not end. Write }} after it.")]
    [InlineData("{{resolve:secretsmanager:key}", "it does not end. Write }} after it.")]
    [InlineData(@"{{resolve:secretsmanager:key\}}", "CloudFormation cannot resolve what ends with a backslash. Take it out.")]
    public void A_malformed_reference_is_a_fault(string reference, string problem)
    {
        Upstream["SecretString"] = reference;
        _sound.HasFault($"'Upstream' of 'shop' has the dynamic reference '{reference}': {problem}");
    }

    [Fact]
    public void A_reference_that_does_not_end_does_not_hide_the_next()
    {
        Upstream["SecretString"] = "{{resolve:secretsmanager:key {{resolve:vault:key}}";
        _sound.HasFault(
            "'Upstream' of 'shop' has the dynamic reference '{{resolve:secretsmanager:key ': it does not end. Write }} after it.",
            "'Upstream' of 'shop' has the dynamic reference '{{resolve:vault:key}}': there is no service 'vault'. Write secretsmanager, ssm or ssm-secure."
        );
    }

    [Fact]
    public void A_reference_may_be_joined_of_parts()
    {
        Upstream["SecretString"] = Fn.Join("", ["{{resolve:secretsmanager:", Fn.Ref("Key"), ":SecretString:password}}"]);
        _sound.HasNoFault();

        Upstream["SecretString"] = Fn.Join("", ["{{resolve:secretsmanager:", Fn.Ref("Key"), ":password}}"]);
        _sound.HasFault(
            $"'Upstream' of 'shop' has the dynamic reference '{{{{resolve:secretsmanager:…:password}}}}': 'password' stands where SecretString should. {Form}"
        );
    }

    [Fact]
    public void An_output_may_have_a_malformed_reference_too()
    {
        _sound.Template.Outputs["Key"] = new TemplateMap { ["Value"] = "{{resolve:vault:key}}" };
        _sound.HasFault(
            "The template of 'shop' has an output 'Key' with the dynamic reference '{{resolve:vault:key}}': there is no service 'vault'. Write secretsmanager, ssm or ssm-secure."
        );
    }

    [Theory]
    [InlineData(59)]
    [InlineData(60)]
    public void A_template_has_sixty_dynamic_references_at_the_most(int more)
    {
        Upstream["More"] = new TemplateList(Enumerable.Range(0, more).Select(i => (TemplateNode)$"{{{{resolve:secretsmanager:key{i}}}}}"));
        _sound.HasFault(
            more < 60
                ? []
                :
                [
                    "The template of 'shop' has 61 dynamic references, and CloudFormation takes 60. Publish as nested stacks, or put fewer secrets inside texts.",
                ]
        );
    }
}
