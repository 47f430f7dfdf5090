using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Markup;

namespace Hosting.Fargate.Writing;

/// <summary>Something to do with what was published.</summary>
/// <param name="Text">What, as Markdown.</param>
/// <param name="Command">How, for a shell in the folder of these files; null where no command does it.</param>
internal sealed record NextStep(string Text, string? Command = null);

/// <summary>What to do now.</summary>
internal static class NextStepsSection
{
    /// <param name="steps">The steps, in order.</param>
    /// <param name="lead">What stands before them.</param>
    public static string Write(IReadOnlyList<NextStep> steps, string? lead = null) =>
        Markdown.Section("What to do next", steps.Select((step, index) => Item(index + 1, step)).Prepend(lead ?? ""));

    private static string Item(int number, NextStep step)
    {
        var head = $"{WorkloadText.Number(number)}. ";
        var indent = new string(' ', head.Length);
        return $"{head}{step.Text}\n"
            + (
                step.Command is null
                    ? ""
                    : $"{indent}```sh\n{string.Concat(step.Command.Split('\n').Select(line => $"{indent}{line}\n"))}{indent}```\n"
            );
    }
}

/// <summary>How both stacks are made by hand, with the AWS CLI alone.</summary>
internal static class StepsByHand
{
    /// <summary>That nobody has to do it by hand.</summary>
    public static string Lead(FargateApplication application)
    {
        var environment = application.Name == application.EnvironmentResource ? "" : $" --environment {application.Environment}";
        return $"""
            From the AppHost's folder, `plan` says what would change, and `deploy` does all of it: it builds and pushes the images, puts the secrets,
            changes both stacks, follows the rollout, and says why where it does not get through.

            ```sh
            dotnet run -- plan{environment}
            dotnet run -- deploy{environment}
            ```

            By hand, with the AWS CLI:

            """;
    }

    public static IReadOnlyList<NextStep> Of(FargateApplication application, IReadOnlyList<Template> templates)
    {
        List<NextStep> steps =
        [
            new(
                $"Make the stack of what outlives the application.{TooLarge}",
                Deploy(application.FoundationName, templates.Where(template => template.StackName == application.FoundationName))
            ),
        ];
        string[] built = [.. application.Workloads.Where(workload => workload.Main.Image is BuiltImage).Select(workload => workload.Name)];
        if (built.Length > 0)
        {
            steps.Add(
                new(
                    $"Build the images of {Markdown.Codes(built)} for the processors in the tables above, push each to its repository, "
                        + (
                            application.Images.Any(image => image.Builds.Any(build => build.Dockerfile is not null))
                                ? $"those with a Dockerfile in {Markdown.Code(BuildFolders.Of(application))} after the images that it names, "
                                : ""
                        )
                        + $"{Markdown.Codes(built.Select(name => RepositoryComposer.NameOf(application, name)))}, and note its digest (`sha256:…`). A .NET project needs no Docker engine for it, only its client's login:",
                    "aws ecr get-login-password | docker login --username AWS --password-stdin ACCOUNT.dkr.ecr.REGION.amazonaws.com\n"
                        + $"dotnet publish PROJECT /t:PublishContainer -p:ContainerRegistry=ACCOUNT.dkr.ecr.REGION.amazonaws.com -p:ContainerRepository={RepositoryComposer.NameOf(application, built[0])} -p:ContainerImageTag=1"
                )
            );
        }

        if (application.Sites.Length > 0)
        {
            // Without the names that stay for a year: by hand nobody sorts them, and a question whether a file has changed is cheap.
            steps.Add(
                new(
                    $"Build the files of {Markdown.Codes(application.Sites.Select(site => site.Name))} as the table above says, and send each site's "
                        + "to its bucket. After a change of one that is there, have CloudFront forget it (`aws cloudfront create-invalidation`).",
                    string.Join(
                        '\n',
                        application.Sites.Select(site =>
                            $"aws s3 cp --recursive {site.Build.Output.Trim('/')} "
                            + $"s3://{application.Name}-{site.Name.ToLowerInvariant()}-ACCOUNT-REGION/{Site.Files}/ --cache-control no-cache"
                        )
                    )
                )
            );
        }

        SecretSpec[] secrets = [.. application.Secrets.Where(secret => !secret.HoldsKeys)];
        if (secrets.Length > 0)
        {
            steps.Add(
                new(
                    "Put the value of each secret, from a file, so that it is in no command line: without a line break at its end, and deleted afterwards."
                        + (
                            secrets.Any(secret => secret.IsGenerated)
                                ? $" {Markdown.Codes(secrets.Where(secret => secret.IsGenerated).Select(secret => secret.Path))} can be anything long and random."
                                : ""
                        )
                        + (
                            secrets.Any(secret => secret.Format == ValueFormat.Uri)
                                ? $" {Markdown.Codes(secrets.Where(secret => secret.Format == ValueFormat.Uri).Select(secret => secret.Path))} have the same values percent-encoded."
                                : ""
                        ),
                    string.Join(
                        '\n',
                        secrets.Select(secret =>
                            $"aws secretsmanager put-secret-value --secret-id {application.Name}/{secret.Path} --secret-string file://{secret.Path}.txt"
                        )
                    )
                )
            );
        }

        if (application.Secrets.FirstOrDefault(secret => secret.HoldsKeys) is not null)
        {
            // https://learn.microsoft.com/aspnet/core/security/data-protection/implementation/key-storage-format
            steps.Add(
                new(
                    $"Keys of Data Protection ({Markdown.Codes(application.Secrets.Where(secret => secret.HoldsKeys).Select(secret => secret.Path))}) are made by `deploy` alone. "
                        + $"Put files of your own, each in one line: a `key-….xml` that a .NET application has written; or leave them out with {Markdown.Code("service.DataProtectionKeys = false")}."
                )
            );
        }

        string[] missing = [.. ParametersSection.WithoutValue(application, templates)];
        if (missing.Length > 0)
        {
            steps.Add(
                new(
                    $"Add to {Markdown.Code($"{application.Name}.parameters.json")} what has no value yet: {Markdown.Codes(missing)}. "
                        + "An image is `repository@sha256:…`; the version of a secret is the `VersionId` that the command above answered with."
                )
            );
        }

        if (templates.Any(template => FoundationOutputs.ParametersOf(application, template).Any()))
        {
            steps.Add(
                new(
                    $"Add to {Markdown.Code($"{application.Name}.parameters.json")} what the foundation gives, too: this prints it in that form.",
                    $"aws cloudformation describe-stacks --stack-name {application.FoundationName} --query \"Stacks[0].Outputs[].{{ParameterKey: OutputKey, ParameterValue: OutputValue}}\""
                )
            );
        }

        if (EdgeStackComposer.ComesFirst(application))
        {
            steps.Add(
                new(
                    $"Make the stack of what CloudFront takes from {CloudFrontDistribution.CertificateRegion} alone, and add its outputs to {Markdown.Code($"{application.Name}.parameters.json")}.",
                    $"{Deploy(application.EdgeName, templates.Where(template => template.StackName == application.EdgeName))} --region {CloudFrontDistribution.CertificateRegion}\n"
                        + $"aws cloudformation describe-stacks --region {CloudFrontDistribution.CertificateRegion} --stack-name {application.EdgeName} --query \"Stacks[0].Outputs[].{{ParameterKey: OutputKey, ParameterValue: OutputValue}}\""
                )
            );
        }

        if (templates.Any(template => IsNested(application, template)))
        {
            steps.Add(
                new(
                    "Put the templates of the stacks inside the application's where CloudFormation finds them.",
                    $"aws s3 sync {application.Name}.nested \"s3://$({OutputOf(application.FoundationName, TemplatesBucketComposer.Output)})\" --exclude '*.yaml'"
                )
            );
        }

        steps.Add(
            new(
                $"Make the stack of the application.{Kept(application)}",
                $"{Deploy(application.Name, templates.Where(template => template.StackName != application.FoundationName && template.StackName != application.EdgeName))} --parameter-overrides file://{application.Name}.parameters.json"
            )
        );
        if (application is { HasEdgeStack: true, HasEdgeAlarms: true })
        {
            steps.Add(
                new(
                    EdgeStackComposer.ComesFirst(application)
                        ? $"Tell the stack in {CloudFrontDistribution.CertificateRegion} which distributions there are: it has the alarms on their errors."
                        : $"Make the stack of what CloudFront has in {CloudFrontDistribution.CertificateRegion} alone, alarms, and tell it which distributions there are.",
                    $"{Deploy(application.EdgeName, templates.Where(template => template.StackName == application.EdgeName))} --region {CloudFrontDistribution.CertificateRegion} --parameter-overrides "
                        + $"$(aws cloudformation describe-stacks --stack-name {application.Name} --query \"Stacks[0].Outputs[?ends_with(OutputKey, 'DistributionId')].join('=', [OutputKey, OutputValue])\" --output text)"
                )
            );
        }

        AddAfterwards(steps, application);
        return steps;
    }

    /// <summary>
    /// The AWS CLI asks for a bucket beyond this: https://docs.aws.amazon.com/cli/latest/reference/cloudformation/deploy/.
    /// </summary>
    private const string TooLarge = " Here and below: a template of more than 51,200 bytes goes by a bucket, `--s3-bucket BUCKET`.";

    private static bool IsNested(FargateApplication application, Template template) =>
        template.StackName != application.Name
        && template.StackName != application.FoundationName
        && template.StackName != application.EdgeName;

    private static void AddAfterwards(List<NextStep> steps, FargateApplication application)
    {
        string[] tasks = [.. application.Tasks.Where(task => task.Schedule is null).Select(task => task.Name)];
        if (tasks.Length > 0)
        {
            steps.Add(
                new(
                    $"Run {Markdown.Codes(tasks)}: by hand nothing runs before the services do.",
                    string.Join(
                        '\n',
                        application
                            .Tasks.Where(task => task.Schedule is null)
                            .Select(task =>
                                $"aws ecs run-task --cli-input-json \"$({OutputOf(application.Name, RunComposer.Output(task))})\""
                            )
                    )
                )
            );
        }

        foreach (var service in application.Services.Where(service => service.Scaling is { Minimum: > 1 }))
        {
            steps.Add(
                new(
                    $"{Markdown.Code(service.Name)} scales, and so starts with one task. Give it its fewest.",
                    $"aws ecs update-service --cluster {application.Name} --service {service.Name} --desired-count {WorkloadText.Number(service.Scaling!.Minimum)}"
                )
            );
        }
    }

    /// <summary>What a rollback cannot take back.</summary>
    private static string Kept(FargateApplication application) =>
        application.Databases.Where(server => server.Options.DeletionProtection).Select(server => server.Name).ToList()
            is { Count: > 0 } names
            ? $" {Markdown.Codes(names)} {(names.Count == 1 ? "is" : "are")} protected against deletion: where making the stack fails, RDS keeps "
                + $"{(names.Count == 1 ? "it" : "them")}, and `deploy` makes the stack anew."
            : "";

    private static string OutputOf(string stack, string output) =>
        $"aws cloudformation describe-stacks --stack-name {stack} --query \"Stacks[0].Outputs[?OutputKey=='{output}'].OutputValue\" --output text";

    private static string Deploy(string stack, IEnumerable<Template> withNested) =>
        $"aws cloudformation deploy --template-file {stack}.template.yaml --stack-name {stack}{Capabilities(withNested)}";

    /// <summary>
    /// What CloudFormation wants said of roles: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html.
    /// </summary>
    private static string Capabilities(IEnumerable<Template> templates)
    {
        string[] names = ["RoleName", "ManagedPolicyName", "UserName", "GroupName", "InstanceProfileName"];
        var identities = templates
            .SelectMany(template => template.Resources)
            .Where(resource => resource.Type.StartsWith("AWS::IAM::", StringComparison.Ordinal))
            .ToList();
        return identities.Count == 0 ? ""
            : identities.Exists(resource => names.Any(name => resource.Properties[name] is not null))
                ? " --capabilities CAPABILITY_NAMED_IAM"
            : " --capabilities CAPABILITY_IAM";
    }
}
