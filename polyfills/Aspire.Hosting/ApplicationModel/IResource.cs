namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of the application: a project, a container, a parameter, whatever the model holds by name.</summary>
public interface IResource
{
    /// <summary>The name, unique in the model without regard to case.</summary>
    string Name { get; }

    /// <summary>What is known about the resource: endpoints, environment callbacks, waits and so on.</summary>
    ResourceAnnotationCollection Annotations { get; }
}
