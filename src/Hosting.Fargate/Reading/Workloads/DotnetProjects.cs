using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Projects that a laptop starts as executables, by <c>dotnet run</c> (AddDotnetProject of Aspire.Hosting.Dotnet, a package that need not
/// be there). Aspire publishes them only where the model says how. Here they are made images of as projects are: before the host gathers
/// its steps, and with them the one that refuses executables of this kind, each is replaced in the model by a project of its name, as
/// PublishAsDockerFile puts a container in the place of an executable. See
/// https://github.com/microsoft/aspire/blob/main/src/Aspire.Hosting.Dotnet/DotnetProjectResource.cs.
/// </summary>
internal static class DotnetProjects
{
    public static void Replace(DistributedApplicationModel model, FargateEnvironmentResource environment)
    {
        foreach (var executable in model.Resources.OfType<ExecutableResource>().ToList())
        {
            if (
                executable.HasAnnotationOfType<IProjectMetadata>()
                && !executable.IsExcludedFromPublish()
                && (executable.GetComputeEnvironment() ?? environment) == environment
            )
            {
                var place = model.Resources.IndexOf(executable);
                model.Resources.RemoveAt(place);
                model.Resources.Insert(place, new DotnetProjectResource(executable));
            }
        }
    }

    /// <summary>A project that has what the model said, and says from now on, of an executable.</summary>
    internal sealed class DotnetProjectResource : ProjectResource
    {
        private readonly ExecutableResource? _executable;

        public DotnetProjectResource(ExecutableResource executable)
            : base(executable.Name) => _executable = executable;

        /// <summary>Those that every project starts with, which the host builds and pushes by, are not needed: they stay behind.</summary>
        public override ResourceAnnotationCollection Annotations => _executable?.Annotations ?? base.Annotations;
    }
}
