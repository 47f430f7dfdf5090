using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>The names of the steps that every pipeline has.</summary>
[Experimental("ASPIREPIPELINES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public static class WellKnownPipelineSteps
{
    /// <summary>All that publishes.</summary>
    public const string Publish = "publish";

    /// <summary>Comes before what publishes.</summary>
    public const string PublishPrereq = "publish-prereq";

    /// <summary>All that deploys.</summary>
    public const string Deploy = "deploy";

    /// <summary>Comes before what deploys.</summary>
    public const string DeployPrereq = "deploy-prereq";

    /// <summary>All that builds images.</summary>
    public const string Build = "build";

    /// <summary>Comes before what builds images.</summary>
    public const string BuildPrereq = "build-prereq";

    /// <summary>All that pushes images.</summary>
    public const string Push = "push";

    /// <summary>Comes before what pushes images.</summary>
    public const string PushPrereq = "push-prereq";

    /// <summary>Is there a Docker or Podman that runs?</summary>
    public const string CheckContainerRuntime = "check-container-runtime";

    /// <summary>Takes the value of every parameter.</summary>
    public const string ProcessParameters = "process-parameters";

    /// <summary>Prints the steps and their order.</summary>
    public const string Diagnostics = "diagnostics";

    /// <summary>All that comes before the application starts, in run mode too.</summary>
    public const string BeforeStart = "before-start";

    /// <summary>Is it clear where each compute resource goes?</summary>
    public const string ValidateComputeEnvironments = "validate-compute-environments";

    /// <summary>All that takes a deployment away.</summary>
    public const string Destroy = "destroy";

    /// <summary>Comes before what takes a deployment away.</summary>
    public const string DestroyPrereq = "destroy-prereq";
}

/// <summary>The tags that steps carry.</summary>
[Experimental("ASPIREPIPELINES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public static class WellKnownPipelineTags
{
    /// <summary>Provisions infrastructure.</summary>
    public const string ProvisionInfrastructure = "provision-infra";

    /// <summary>Builds a compute resource.</summary>
    public const string BuildCompute = "build-compute";

    /// <summary>Pushes an image.</summary>
    public const string PushContainerImage = "push-container-image";

    /// <summary>Deploys a compute resource.</summary>
    public const string DeployCompute = "deploy-compute";
}
