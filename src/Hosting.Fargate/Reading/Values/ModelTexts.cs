using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>Text that the model writes, and what in it is as good as a reference.</summary>
/// <param name="parameters">The model's parameters.</param>
/// <param name="endpoints">The model's endpoints.</param>
/// <param name="addresses">The addresses of endpoints that callbacks have made text of.</param>
/// <param name="secrets">The values of secrets that they have.</param>
/// <param name="encoded">The values of secrets that they hide.</param>
/// <param name="hosts">The names in text that are of resources of the model.</param>
/// <param name="managed">What AWS runs of the model itself.</param>
internal sealed class ModelTexts(
    ParameterReader parameters,
    EndpointReader endpoints,
    AskedAddresses addresses,
    AskedSecrets secrets,
    EncodedSecrets encoded,
    HostNames hosts,
    ManagedServers managed
)
{
    /// <returns>Null where it was refused.</returns>
    public Value? Read(string text, ValueUse use, Func<object, ValueUse, Value?> readValue)
    {
        if (!encoded.Check(text, use))
        {
            return null;
        }

        List<Found> found =
        [
            .. addresses
                .Find(text)
                .Select(address => new Found(address.Place, () => endpoints.Read(address.Endpoint, address.Property, use, readValue))),
            .. secrets
                .Find(text)
                .Select(asked => new Found(asked.Place, () => parameters.Read(asked.Secret.Parameter, asked.Secret.Format))),
        ];
        if (found.Count == 0)
        {
            return hosts.Read(text, use, readValue);
        }

        List<Value> values = [];
        var end = 0;
        foreach (var (place, read) in found.OrderBy(part => part.Place.Start.Value))
        {
            // What overlaps what was before it is a part of that.
            if (place.Start.Value < end)
            {
                continue;
            }

            if (read() is not { } value)
            {
                return null;
            }

            values.AddRange([hosts.Read(text[end..place.Start.Value], use, readValue), value]);
            end = place.End.Value;
        }

        var rest = hosts.Read(text[end..], use, readValue);
        return managed.AsPublished(Value.Concat([.. values, rest]), use);
    }

    private sealed record Found(Range Place, Func<Value?> Read);
}
