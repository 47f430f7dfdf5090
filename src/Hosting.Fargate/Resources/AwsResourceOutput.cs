using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate;

/// <summary>A property of an AWS resource that is known once the resource exists; an expression where the model is published.</summary>
public sealed class AwsResourceOutput : IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    private readonly TaskCompletionSource<string> _value = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal AwsResourceOutput(AwsResource resource, string property, string displayName)
    {
        DisplayName = displayName;
        Resource = resource;
        Property = property;
    }

    /// <summary>The resource.</summary>
    public AwsResource Resource { get; }

    /// <summary>The property's name, such as <c>QueueUrl</c>.</summary>
    public string Property { get; }

    /// <summary>What the dashboard calls it.</summary>
    internal string DisplayName { get; }

    /// <inheritdoc/>
    public string ValueExpression => $"{{{Resource.Name}.outputs.{Property}}}";

    /// <summary>The value in run mode; null where there is none, or none yet.</summary>
    internal string? Current => _value.Task.IsCompletedSuccessfully ? _value.Task.Result : null;

    IEnumerable<object> IValueWithReferences.References => [Resource];

    /// <summary>The value in run mode, as soon as the emulator has the resource.</summary>
    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) =>
        await _value.Task.WaitAsync(cancellationToken);

    /// <summary>The same again where the emulator was started again: it keeps its address.</summary>
    internal void SetValue(string value) => _value.TrySetResult(value);
}
