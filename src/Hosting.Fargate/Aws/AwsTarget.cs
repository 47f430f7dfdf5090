using Hosting.Fargate.Application;

namespace Hosting.Fargate.Aws;

/// <summary>What the model says of where an environment is.</summary>
/// <param name="EnvironmentResource">The name of the environment's resource in the model.</param>
/// <param name="Region">The region, such as <c>eu-west-1</c>; null where the model names none.</param>
/// <param name="Profile">The profile; null where the model names none.</param>
internal sealed record AwsTarget(string EnvironmentResource, string? Region, string? Profile)
{
    public static AwsTarget Of(FargateApplication application) =>
        new(application.EnvironmentResource, application.Region, application.Profile);

    public static AwsTarget Of(FargateEnvironmentResource environment) =>
        new(environment.Name, environment.Aws?.Region?.SystemName, environment.Aws?.Profile);
}
