using System.Globalization;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run.Containers;

/// <summary>The command lines that make a container as the model says.</summary>
internal static class ContainerArguments
{
    /// <summary>The arguments of <c>create</c>.</summary>
    /// <remarks>A variable is named, never given its value: that comes from the client's own environment, where a list of processes does not show it.</remarks>
    public static IReadOnlyList<string> Create(
        ResourceInstance instance,
        ResourceConfiguration configuration,
        string containerName,
        string image,
        string network,
        string label,
        IEnumerable<string> runtimeArguments)
    {
        var resource = instance.Resource;
        var arguments = new List<string> { "create", "--name", containerName, "--network", network, "--network-alias", resource.Name };
        foreach (var alias in resource.Annotations.OfType<ContainerNetworkAliasAnnotation>())
        {
            arguments.AddRange(["--network-alias", alias.Alias]);
        }
        arguments.AddRange(["--add-host", $"{ContainerRuntime.HostName}:host-gateway", "--label", $"aspire.resource={resource.Name}"]);
        if (!IsPersistent(resource))
        {
            arguments.AddRange(["--label", label]);
        }
        foreach (var endpoint in instance.Endpoints)
        {
            var protocol = endpoint.Endpoint.Protocol == ProtocolType.Udp ? "/udp" : "";
            arguments.AddRange(["--publish", string.Create(
                CultureInfo.InvariantCulture, $"{HostAddress(endpoint.Endpoint.TargetHost)}:{endpoint.Port}:{endpoint.Endpoint.TargetPort}{protocol}")]);
        }
        foreach (var mount in resource.Annotations.OfType<ContainerMountAnnotation>())
        {
            arguments.AddRange(["--mount", Mount(mount)]);
        }
        foreach (var name in configuration.Environment.Keys.Order(StringComparer.Ordinal))
        {
            arguments.AddRange(["--env", name]);
        }
        if (PullPolicy(resource) is { } policy)
        {
            arguments.AddRange(["--pull", policy]);
        }
        if (resource is ContainerResource { Entrypoint: { Length: > 0 } entrypoint })
        {
            arguments.AddRange(["--entrypoint", entrypoint]);
        }
        arguments.AddRange(runtimeArguments);
        arguments.Add(image);
        arguments.AddRange(configuration.Arguments.Select(argument => argument.Value));
        return arguments;
    }

    /// <summary>The arguments of <c>build</c>.</summary>
    public static IReadOnlyList<string> Build(DockerfileBuildAnnotation build, string image, IReadOnlyDictionary<string, string> buildArguments)
    {
        var arguments = new List<string> { "build", "--file", build.DockerfilePath, "--tag", image };
        if (build.Stage is { Length: > 0 } stage)
        {
            arguments.AddRange(["--target", stage]);
        }
        foreach (var name in buildArguments.Keys.Order(StringComparer.Ordinal))
        {
            arguments.AddRange(["--build-arg", name]);
        }
        arguments.Add(build.ContextPath);
        return arguments;
    }

    /// <summary>Whether the container outlives the application.</summary>
    public static bool IsPersistent(IResource resource) =>
        resource.Annotations.OfType<ContainerLifetimeAnnotation>().LastOrDefault()?.Lifetime == ContainerLifetime.Persistent;

    private static string HostAddress(string targetHost) =>
        targetHost is "0.0.0.0" or "*" or "+" or "::" ? "0.0.0.0"
        : System.Net.IPAddress.TryParse(targetHost, out _) ? targetHost
        : "127.0.0.1";

    private static string Mount(ContainerMountAnnotation mount)
    {
        var type = mount.Type == ContainerMountType.BindMount ? "bind" : "volume";
        var source = string.IsNullOrEmpty(mount.Source) ? "" : $",source={mount.Source}";
        return $"type={type}{source},target={mount.Target}{(mount.IsReadOnly ? ",readonly" : "")}";
    }

    private static string? PullPolicy(IResource resource) =>
        resource.Annotations.OfType<ContainerImagePullPolicyAnnotation>().LastOrDefault()?.ImagePullPolicy switch
        {
            ImagePullPolicy.Always => "always",
            ImagePullPolicy.Missing => "missing",
            ImagePullPolicy.Never => "never",
            _ => null,
        };
}
