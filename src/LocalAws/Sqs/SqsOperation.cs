using System.Text.Json;

namespace LocalAws.Sqs;

/// <summary>An operation of the SQS API; its class has its name.</summary>
internal abstract class SqsOperation
{
    public string Name => GetType().Name;

    public abstract Task<object> InvokeAsync(SqsRequest request);
}

/// <inheritdoc/>
internal abstract class SqsOperation<TInput> : SqsOperation
{
    public sealed override async Task<object> InvokeAsync(SqsRequest request) =>
        await HandleAsync(await request.ReadAsync<TInput>(SqsJson.Options), request);

    protected abstract Task<object> HandleAsync(TInput input, SqsRequest request);

    /// <summary>The output of an operation that has none.</summary>
    protected static object Nothing { get; } = new();
}

internal static class SqsJson
{
    /// <summary>Member names as they are in SQS's model; absent members are left out.</summary>
    public static JsonSerializerOptions Options { get; } =
        new()
        {
            DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
}
