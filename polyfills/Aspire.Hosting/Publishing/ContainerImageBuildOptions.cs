using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Publishing;

/// <summary>How the layers of an image are written.</summary>
[Experimental("ASPIREPIPELINES003", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public enum ContainerImageFormat
{
    /// <summary>As Docker does.</summary>
    Docker,

    /// <summary>As the Open Container Initiative says.</summary>
    Oci,
}

/// <summary>Where an image goes.</summary>
[Experimental("ASPIREPIPELINES003", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public enum ContainerImageDestination
{
    /// <summary>To a registry.</summary>
    Registry,

    /// <summary>To a file.</summary>
    Archive,
}

/// <summary>What an image runs on.</summary>
[Flags]
[Experimental("ASPIREPIPELINES003", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public enum ContainerTargetPlatform
{
    /// <summary>linux/amd64.</summary>
    LinuxAmd64 = 1,

    /// <summary>linux/arm64.</summary>
    LinuxArm64 = 2,

    /// <summary>linux/amd64 and linux/arm64.</summary>
    AllLinux = LinuxAmd64 | LinuxArm64,

    /// <summary>linux/arm.</summary>
    LinuxArm = 4,

    /// <summary>linux/386.</summary>
    Linux386 = 8,

    /// <summary>windows/amd64.</summary>
    WindowsAmd64 = 16,

    /// <summary>windows/arm64.</summary>
    WindowsArm64 = 32,
}
