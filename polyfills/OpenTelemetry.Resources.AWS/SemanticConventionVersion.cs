namespace OpenTelemetry.Resources.AWS;

/// <summary>The version of the OpenTelemetry semantic conventions that decides how attributes are named.</summary>
public enum SemanticConventionVersion
{
    /// <summary>The newest version that this package knows.</summary>
    Latest = 0,

    /// <summary>https://github.com/open-telemetry/semantic-conventions/releases/tag/v1.28.0, the default.</summary>
    V1_28_0 = 1,

    /// <summary>https://github.com/open-telemetry/semantic-conventions/releases/tag/v1.29.0</summary>
    V1_29_0 = 2,

    /// <summary>https://github.com/open-telemetry/semantic-conventions/releases/tag/v1.40.0</summary>
    V1_40_0 = 3,
}
