using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate;

/// <summary>
/// An AWS resource that services are given access to. It has no connection string on purpose: a reference that does not say which
/// access it means does not compile.
/// </summary>
public abstract class AwsResource(string name) : Resource(name), IResourceWithWaitSupport
{
    private readonly List<AwsResourceOutput> _outputs = [];

    /// <summary>What the emulator does to make the resource; the outputs have their values afterwards.</summary>
    internal abstract Task CreateAsync(EmulatedAws aws, CancellationToken cancellationToken);

    /// <summary>Whether the emulator has the resource.</summary>
    internal abstract Task<bool> ExistsAsync(EmulatedAws aws, CancellationToken cancellationToken);

    /// <summary>What publishing makes of it.</summary>
    internal abstract DataResource ToData();

    /// <summary>The AWS service as the variables of its SDKs name it: <c>SQS</c> in <c>AWS_ENDPOINT_URL_SQS</c>.</summary>
    internal abstract string ServiceVariable { get; }

    /// <summary>What the resource consists of once it is made.</summary>
    internal IEnumerable<AwsResourceOutput> Outputs => _outputs;

    /// <summary>What a service that refers to the resource gets as <c>AWS:Resources:NAME:PROPERTY</c>.</summary>
    internal virtual IEnumerable<AwsResourceOutput> InjectedOutputs => _outputs;

    /// <summary>The ARN where the resource exists already and is not made by publishing.</summary>
    internal string? ExistingArn { get; set; }

    /// <summary>What stands in for AWS when the application runs here, where it is this resource's own.</summary>
    internal AwsEmulator? Emulator { get; set; }

    /// <summary>Whether the emulator that all share has such a thing.</summary>
    internal virtual bool IsShared => true;

    /// <summary>Whether it is AWS's own when the application runs here too: it exists, and nothing stands in for it.</summary>
    internal bool IsReal => Emulator is null && !IsShared && ExistingArn is not null;

    /// <summary>What to write where nothing stands in for AWS.</summary>
    internal virtual string NowhereToBe =>
        $"'{Name}' has nowhere to be when the application runs here. "
        + "Add builder.AddAwsEmulator<Projects.LocalAws>(\"aws\") to the AppHost, and the project to its references.";

    /// <summary>What an output is where the resource exists already; null where it is not known before the resource is made.</summary>
    internal abstract string? KnownOutput(string property);

    private protected AwsResourceOutput Output(string property, string displayName)
    {
        var output = new AwsResourceOutput(this, property, displayName);
        _outputs.Add(output);
        return output;
    }
}
