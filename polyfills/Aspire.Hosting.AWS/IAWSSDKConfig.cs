using Amazon;

namespace Aspire.Hosting.AWS;

/// <summary>The profile and region with which AWS is called.</summary>
public interface IAWSSDKConfig
{
    /// <summary>
    /// The profile of the shared configuration that credentials come from; where null, they come from the SDK's default chain.
    /// </summary>
    string? Profile { get; set; }

    /// <summary>The region to call; where null, the SDK's default chain finds one.</summary>
    RegionEndpoint? Region { get; set; }

    /// <summary>Whether run mode tries this configuration once, and logs what came of it. True unless set.</summary>
    bool SDKValidationEnabled { get; set; }
}
