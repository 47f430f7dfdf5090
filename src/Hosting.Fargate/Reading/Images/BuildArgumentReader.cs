using System.Collections.Immutable;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// What builds are told (WithBuildArg, WithBuildSecret): text and parameters, since nothing else is known before the application is there.
/// </summary>
internal sealed class BuildArgumentReader(ParameterReader parameters, Refusals refusals)
{
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
        switch (value)
        {
            case null:
                return new Text("");
            case string text:
                return new Text(text);
            case bool truth:
                return new Text(truth ? "true" : "false");
            case IResourceBuilder<IResource> builder:
                return Read(resource, what, builder.Resource);
            case ParameterResource parameter:
                return parameters.Read(parameter, ValueFormat.AsIs);
            case ReferenceExpression { IsConditional: false } expression when expression.StringFormats.All(string.IsNullOrEmpty):
                List<Value?> parts = [];
                foreach (var (text, index) in CompositeFormat.Split(expression.Format))
                {
                    parts.Add(index is { } place ? Read(resource, what, expression.ValueProviders[place]) : new Text(text));
                }

                return parts.Contains(null) ? null : Value.Concat(parts.OfType<Value>());
            case IFormattable number and not IValueProvider:
                return new Text(number.ToString(null, CultureInfo.InvariantCulture));
            default:
                refusals.Add(
                    resource.Name,
                    $"{what} is {Describe(value)}, which is known once the application is there, and images are "
                        + "built before. Give it as an environment variable (WithEnvironment) to be read when the program starts, or give the "
                        + "build text or a parameter."
                );
                return null;
        }
    }

    private static string Describe(object value) =>
        value switch
        {
            EndpointReference endpoint => $"an address of '{endpoint.Resource.Name}'",
            EndpointReferenceExpression expression => $"an address of '{expression.Endpoint.Resource.Name}'",
            IResource resource => $"the resource '{resource.Name}'",
            _ => $"a {value.GetType().Name}",
        };
}
