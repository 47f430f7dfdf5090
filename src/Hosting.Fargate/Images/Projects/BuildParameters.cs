using Hosting.Fargate.Application;

namespace Hosting.Fargate.Images;

/// <summary>The parameters that builds take: they are in no template, so that deploy has to have their values each time.</summary>
internal static class BuildParameters
{
    /// <summary>The names of parameters without a value.</summary>
    public static IEnumerable<string> Missing(FargateApplication application, Func<string, string?> valueOf) =>
        application
            .Images.SelectMany(image => image.Builds)
            .Concat(application.Sites.SelectMany(site => site.Image?.WithNeeded ?? []))
            .SelectMany(build => build.Arguments.Concat(build.Secrets))
            .Concat(application.Sites.SelectMany(site => site.Variables))
            .SelectMany(argument => argument.Value.Parts)
            .Where(part => NameOf(part) is not null && Find(part, valueOf) is null)
            .Select(part => NameOf(part)!)
            .Distinct(StringComparer.Ordinal);

    /// <exception cref="DockerfileException">A parameter has no value.</exception>
    public static string ValueOf(Value value, Func<string, string?> valueOf) =>
        string.Concat(
            value
                .Parts.Where(part => part is not Concatenation)
                .Select(part =>
                    part is Text text
                        ? text.Content
                        : Find(part, valueOf)
                            ?? throw new DockerfileException(
                                $"its build takes the parameter '{NameOf(part)}', which has no value. Set the environment variable Parameters__{NameOf(part)?.Replace('-', '_')}"
                            )
                )
        );

    private static string? Find(Value part, Func<string, string?> valueOf) =>
        part switch
        {
            ParameterValue { Parameter: var parameter } => valueOf(parameter.Name) ?? parameter.Current ?? parameter.Default,
            SecretValue { Secret: var secret } => valueOf(secret.Name),
            _ => null,
        };

    private static string? NameOf(Value part) =>
        part switch
        {
            ParameterValue { Parameter.Name: var name } => name,
            SecretValue { Secret.Name: var name } => name,
            _ => null,
        };
}
