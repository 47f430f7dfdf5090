using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Creates applications for tests.</summary>
public static class DistributedApplicationTestingBuilder
{
    /// <summary>Starts the entry point of an AppHost, up to where it builds its application.</summary>
    /// <typeparam name="TEntryPoint">A type in the AppHost's assembly: <c>Projects.AppHost</c>, or its Program.</typeparam>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync(typeof(TEntryPoint), cancellationToken);

    /// <summary>Starts the entry point of an AppHost, up to where it builds its application.</summary>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(Type entryPoint, CancellationToken cancellationToken = default) =>
        CreateAsync(entryPoint, [], cancellationToken);

    /// <summary>Starts the entry point of an AppHost with a command line, up to where it builds its application.</summary>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync(typeof(TEntryPoint), args, cancellationToken);

    /// <summary>Starts the entry point of an AppHost with a command line, up to where it builds its application.</summary>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(
        Type entryPoint, string[] args, CancellationToken cancellationToken = default) =>
        CreateAsync(entryPoint, args, (_, _) => { }, cancellationToken);

    /// <summary>Starts the entry point of an AppHost with a command line and options, up to where it builds its application.</summary>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder,
        CancellationToken cancellationToken = default) =>
        CreateAsync(typeof(TEntryPoint), args, configureBuilder, cancellationToken);

    /// <summary>Starts the entry point of an AppHost with a command line and options, up to where it builds its application.</summary>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(
        Type entryPoint,
        string[] args,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entryPoint);
        ArgumentNullException.ThrowIfNull(configureBuilder);
        return new SuspendingDistributedApplicationFactory(entryPoint, args, configureBuilder).CreateBuilderAsync(cancellationToken);
    }

    /// <summary>Creates a builder for an application that the test describes.</summary>
    public static IDistributedApplicationTestingBuilder Create(params string[] args) => Create(args, (_, _) => { });

    /// <summary>Creates a builder for an application that the test describes.</summary>
    public static IDistributedApplicationTestingBuilder Create(
        string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder)
    {
        DistributedApplicationFactory.ThrowIfEmpty(args);
        ArgumentNullException.ThrowIfNull(configureBuilder);
        using var interception = DistributedApplicationInterception.Use(new StandaloneInterceptor(args, FindAppHost(), configureBuilder));
        return new StandaloneTestingBuilder(new DistributedApplicationBuilder(args: []));
    }

    /// <summary>The assembly on the stack that was built as an AppHost: a test project can be one.</summary>
    private static Assembly FindAppHost() => new StackTrace().GetFrames()
        .Select(frame => frame.GetMethod()?.DeclaringType?.Assembly)
        .FirstOrDefault(assembly => assembly?.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Any(metadata => string.Equals(metadata.Key, "apphostprojectpath", StringComparison.OrdinalIgnoreCase)) == true)
        ?? throw new InvalidOperationException(
            "No application host assembly was found. Ensure that you have a project that references the 'Aspire.Hosting.AppHost' package "
            + "and imports the 'Aspire.AppHost.Sdk' SDK.");

    private sealed class StandaloneInterceptor(
        string[] args, Assembly assembly, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder)
        : DistributedApplicationInterceptor
    {
        public override void Constructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings) =>
            AppHostUnderTest.Configure(args, options, settings, assembly, configureBuilder);
    }
}
