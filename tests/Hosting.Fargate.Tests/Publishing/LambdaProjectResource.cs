using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.AWS.Lambda;

/// <summary>A function as Aspire.Hosting.AWS has it, a project, which this library knows by its name.</summary>
internal sealed class LambdaProjectResource(string name) : ProjectResource(name);
