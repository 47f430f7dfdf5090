using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Pipelines;

/// <summary>Where the steps of a pipeline write.</summary>
[Experimental("ASPIREPIPELINES004", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public interface IPipelineOutputService
{
    /// <summary>The folder for what is published: --output-path, or aspire-output beside the AppHost.</summary>
    string GetOutputDirectory();

    /// <summary>The folder for what is published of one resource.</summary>
    string GetOutputDirectory(IResource resource);

    /// <summary>A folder for what is not kept.</summary>
    string GetTempDirectory();

    /// <summary>A folder for what is not kept of one resource.</summary>
    string GetTempDirectory(IResource resource);
}
