using System.Collections.Immutable;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;
using Hosting.Fargate.Data;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hosting.Fargate.Reading;

/// <summary>What a container gets: its environment, its arguments, its volumes. Callbacks of the model are called here.</summary>
internal sealed class ContainerReader(
    ValueReader values,
    DistributedApplicationExecutionContext executionContext,
    ImmutableSortedDictionary<string, string> fileSystems,
    SourceMounts sources,
    Refusals refusals,
    ICollection<Notice> notices
)
{
    private const string ConnectionStrings = "ConnectionStrings__";

    private readonly VolumeNames _volumeNames = VolumeNames.From(executionContext);

    public DistributedApplicationExecutionContext ExecutionContext => executionContext;

    /// <summary>
    /// The environment of a resource's container, in the order of names; what the options add goes before what the model says.
    /// </summary>
    public async Task<IReadOnlyList<EnvironmentVariable>> ReadEnvironmentAsync(
        PublishedResource resource,
        CancellationToken cancellationToken
    )
    {
        var context = new EnvironmentCallbackContext(executionContext, resource.Resource, cancellationToken: cancellationToken)
        {
            Logger = NullLogger.Instance,
        };
        foreach (var annotation in resource.Resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await CallAsync(resource, "environment", () => annotation.Callback(context));
        }

        foreach (var (name, text) in resource.Options.Environment)
        {
            context.EnvironmentVariables[name] = text;
        }

        if (DatabaseReader.VariableOf(resource, context.EnvironmentVariables) is { } database)
        {
            context.EnvironmentVariables[database.Name] = database.Value;
        }

        List<string> connections =
        [
            .. context
                .EnvironmentVariables.Keys.Where(name => name.StartsWith(ConnectionStrings, StringComparison.Ordinal))
                .Select(name => name[ConnectionStrings.Length..]),
        ];
        List<EnvironmentVariable> variables = [];
        HashSet<string> absent = new(StringComparer.Ordinal);
        foreach (var (name, value) in context.EnvironmentVariables.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            // What is said of a value is said once, however many names it has.
            var shared = SharedNameOf(value) ?? name;
            var use = new ValueUse(resource, name) { Connections = connections };
            if (absent.Contains(shared))
            {
                continue;
            }

            if (values.Read(value, use) is { } read)
            {
                values.Notice(read, use);
                variables.Add(new EnvironmentVariable(name, read) { SharedName = shared });
            }
            else
            {
                absent.Add(shared);
            }
        }

        return values.Managed.Databases.WithOwnUsers(variables);
    }

#pragma warning disable ASPIRECONNECTIONSTRINGS001 // The names that a connection string has are Aspire's to say.

    /// <summary>The name of a connection string that is given under more than one: what is made for its value is made once.</summary>
    private static string? SharedNameOf(object? value) => (value as ConnectionStringReference)?.EnvironmentVariableNames?.OriginalName;

#pragma warning restore ASPIRECONNECTIONSTRINGS001

    /// <summary>The arguments of a resource's container.</summary>
    public async Task<ImmutableArray<Value>> ReadCommandAsync(PublishedResource resource, CancellationToken cancellationToken)
    {
        var context = new CommandLineArgsCallbackContext([], resource.Resource, cancellationToken)
        {
            ExecutionContext = executionContext,
            Logger = NullLogger.Instance,
        };
        foreach (var annotation in resource.Resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            await CallAsync(resource, "argument", () => annotation.Callback(context));
        }

        List<Value> arguments = [];
        foreach (var argument in context.Args)
        {
            var use = new ValueUse(resource, Variable: null);
            if (values.Read(argument, use) is not { } read)
            {
                continue;
            }

            var value = values.Managed.Databases.WithOwnUser(read);
            values.Notice(value, use);

            if (value.Parts.OfType<SecretValue>().FirstOrDefault() is { } secret && !resource.Options.AllowSecretArguments)
            {
                refusals.Add(
                    resource.Name,
                    $"'{resource.Name}' takes the secret '{secret.Secret.Name}' as an argument, which everybody "
                        + "reads who may describe a task definition. Pass it as an environment variable, which ECS fills from Secrets Manager, "
                        + "and let the program read that (WithEnvironment; in a shell: sh -c 'exec program --password \"$PASSWORD\"'). Where "
                        + "it takes an argument alone, agree to that: .PublishAsFargateService(service => service.AllowSecretArguments = "
                        + "true)."
                );
                continue;
            }

            arguments.Add(value);
        }

        return [.. arguments];
    }

    /// <summary>Notes whom the files of a resource's image name.</summary>
    public void ReadFiles(PublishedResource resource, BuiltImage? built) => values.ReadFiles(resource, built);

    /// <summary>The volumes of a resource's container: named ones on EFS, nameless ones on the task's own disk.</summary>
    public (ImmutableArray<Volume> Volumes, ImmutableArray<Mount> Mounts) ReadVolumes(PublishedResource resource)
    {
        List<Volume> volumes = [];
        List<string> names = [];
        List<Mount> mounts = [];
        List<RefusedMount> refused = [];
        foreach (var mount in resource.Resource.Annotations.OfType<ContainerMountAnnotation>())
        {
            var isOfData = SourceMounts.IsOfData(mount, resource.Known);
            if (mount.Type == ContainerMountType.BindMount && !isOfData)
            {
                if (sources.WhyNot(mount) is { } why)
                {
                    refused.Add(new(mount, why));
                }

                continue;
            }

            var isKept = mount.Source is { Length: > 0 };
            var name =
                isOfData ? $"{resource.Name}-{mount.Target.TrimEnd('/').Split('/')[^1]}"
                : isKept ? _volumeNames.Of(mount.Source!)
                : $"{resource.Name}-{volumes.Count + 1}";
            if (isOfData)
            {
                notices.Add(
                    new Notice(
                        resource.Name,
                        $"has its data at {mount.Target} in the volume '{name}' on Amazon EFS, which starts "
                            + $"empty: the folder '{SourceMounts.LabelOf(mount)}' of this machine (WithDataBindMount, "
                            + "WithBindMount) is not copied.",
                        IsWarning: true
                    )
                );
            }

            var inTask = VolumeNames.InTask(name);
            var (uid, gid) = resource.Options.VolumeOwners.Keys.FirstOrDefault(owned => _volumeNames.Of(owned) == name) is { } owned
                ? resource.Options.VolumeOwners[owned]
                : VolumeRules.OwnerOf(resource);
            if (volumes.Find(volume => volume.Name == inTask) is not { } same)
            {
                volumes.Add(new Volume(inTask, isKept ? new FileSystem(name, ExistingOf(name)) : null, uid, gid));
                names.Add(name);
            }
            else if (same.FileSystem?.Name != (isKept ? name : null))
            {
                refusals.Add(
                    resource.Name,
                    $"'{resource.Name}' mounts the volumes '{names[volumes.IndexOf(same)]}' and '{name}', which "
                        + $"would both be '{inTask}' in its task: ECS takes letters, digits, hyphens and underscores. Rename one of them "
                        + "(WithVolume)."
                );
            }

            mounts.Add(new Mount(inTask, mount.Target, mount.IsReadOnly));
        }

        foreach (var same in refused.GroupBy(refusal => new { Method = SourceMounts.MethodOf(refusal.Mount), refusal.Why }))
        {
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' mounts "
                    + string.Join(
                        ", ",
                        same.Select(
                            (refusal, index) =>
                                $"'{SourceMounts.LabelOf(refusal.Mount)}'{(index == 0 ? " of this machine" : "")} at {refusal.Mount.Target}"
                        )
                    )
                    + $" ({same.Key.Method}), which {same.Key.Why}"
                    + (
                        PublishedResource.ImageOf(resource.Resource) is { } image && LaptopImages.Find(image) is { } says
                            ? $" It {says}: .ExcludeFromManifest()."
                            : ""
                    )
            );
        }

        foreach (var unknown in resource.Options.VolumeOwners.Keys.Where(name => !names.Contains(_volumeNames.Of(name))))
        {
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' says who owns the volume '{unknown}', which it does not mount. "
                    + $"It mounts: {(volumes.Count == 0 ? "none" : string.Join(", ", names))}."
            );
        }

        return ([.. volumes], [.. mounts]);
    }

    /// <summary>The file system that the model names for a volume, by the name that the volume has in the model or here.</summary>
    private string? ExistingOf(string volume) =>
        fileSystems.Keys.FirstOrDefault(name => _volumeNames.Of(name) == volume) is { } name ? fileSystems[name] : null;

    private async Task CallAsync(PublishedResource resource, string what, Func<Task> callback)
    {
        try
        {
            await callback();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' has an {what} callback that fails where the model is published: "
                    + $"{exception.Message} "
                    + (
                        exception is InvalidOperationException && exception.Message.Contains("is not allocated", StringComparison.Ordinal)
                            ? "Give the endpoint itself in place of its Url, Host or Port: endpoint, endpoint.Property(EndpointProperty.Host), "
                                + "in a text by ReferenceExpression.Create($\"…\"). "
                            : ""
                    )
                    + "Ask context.ExecutionContext.IsPublishMode in it, or give it what it needs."
            );
        }
    }

    private sealed record RefusedMount(ContainerMountAnnotation Mount, string Why);
}
