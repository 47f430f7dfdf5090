using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// What builds are told (WithBuildArg, WithBuildSecret): text and parameters, since nothing else is known before the application is there.
/// </summary>
internal sealed class BuildArgumentReader(ParameterReader parameters, Refusals refusals)
{
    private readonly BuildValues _values = new(parameters);

    public (ImmutableArray<BuildArgument> Arguments, ImmutableArray<BuildArgument> Secrets) Read(
        IResource resource,
        DockerfileBuildAnnotation build
    ) =>
        (
            [
                .. build
                    .BuildArguments.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => Argument(resource, pair.Key, pair.Value))
                    .OfType<BuildArgument>(),
            ],
            [
                .. build
                    .BuildSecrets.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => Secret(resource, pair.Key, pair.Value))
                    .OfType<BuildArgument>(),
            ]
        );

    private BuildArgument? Argument(IResource resource, string name, object? value)
    {
        var what = $"The build argument {name} of '{resource.Name}'";
        if (Read(resource, what, value) is not { } read)
        {
            return null;
        }

        if (read.Parts.OfType<SecretValue>().FirstOrDefault() is { } secret)
        {
            refusals.Add(
                resource.Name,
                $"{what} holds the secret '{secret.Secret.Name}', which everybody reads who has the image (docker "
                    + "history). Give it by WithBuildSecret, and use it by RUN --mount=type=secret."
            );
            return null;
        }

        return new BuildArgument(name, read);
    }

    private BuildArgument? Secret(IResource resource, string name, object value)
    {
        var what = $"The build secret {name} of '{resource.Name}'";
        if (value is FileInfo file)
        {
            return new BuildArgument(name, new Text("")) { File = file.FullName };
        }

        if (Read(resource, what, value) is not { } read)
        {
            return null;
        }

        if (read.Parts.OfType<SecretValue>().FirstOrDefault(part => part.Secret.IsGenerated) is { } generated)
        {
            refusals.Add(
                resource.Name,
                $"{what} is '{generated.Secret.Name}', which deploy makes up and puts into Secrets Manager, where "
                    + "no build sees it. Give the parameter a value of yours."
            );
            return null;
        }

        return new BuildArgument(name, read);
    }

    private Value? Read(IResource resource, string what, object? value)
    {
        if (_values.Read(value, out var unknown) is { } read)
        {
            return read;
        }

        refusals.Add(
            resource.Name,
            $"{what} is {unknown}, which is known once the application is there, and images are "
                + "built before. Give it as an environment variable (WithEnvironment) to be read when the program starts, or give the "
                + "build text or a parameter."
        );
        return null;
    }
}
