using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting
{
    /// <summary>Containers of a model.</summary>
    public static class ContainerResourceExtensions
    {
        /// <summary>The containers.</summary>
        public static IEnumerable<IResource> GetContainerResources(this DistributedApplicationModel model)
        {
            ArgumentNullException.ThrowIfNull(model);
            return model.Resources.Where(IsContainer);
        }

        /// <summary>Whether a resource is a container: it has an image.</summary>
        public static bool IsContainer(this IResource resource)
        {
            ArgumentNullException.ThrowIfNull(resource);
            return resource.HasAnnotationOfType<ContainerImageAnnotation>();
        }
    }

    /// <summary>Executables of a model.</summary>
    public static class ExecutableResourceExtensions
    {
        /// <summary>The executables.</summary>
        public static IEnumerable<ExecutableResource> GetExecutableResources(this DistributedApplicationModel model)
        {
            ArgumentNullException.ThrowIfNull(model);
            return model.Resources.OfType<ExecutableResource>();
        }
    }

    /// <summary>Emulators of a model.</summary>
    public static class EmulatorResourceExtensions
    {
        /// <summary>Whether a resource stands in for a service of a cloud.</summary>
        public static bool IsEmulator(this IResource resource) => resource.HasAnnotationOfType<EmulatorResourceAnnotation>();
    }
}

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>Projects of a model.</summary>
    public static class ProjectResourceExtensions
    {
        /// <summary>The projects.</summary>
        public static IEnumerable<ProjectResource> GetProjectResources(this DistributedApplicationModel model)
        {
            ArgumentNullException.ThrowIfNull(model);
            return model.Resources.OfType<ProjectResource>();
        }

        /// <summary>Where a project is.</summary>
        public static IProjectMetadata GetProjectMetadata(this ProjectResource projectResource)
        {
            ArgumentNullException.ThrowIfNull(projectResource);
            return projectResource.Annotations.OfType<IProjectMetadata>().Single();
        }
    }
}
