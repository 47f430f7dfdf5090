using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

#pragma warning disable ASPIRECOMPUTE002 // What another environment says of its endpoints.

/// <summary>
/// Endpoints of what is published to another environment: of this library, or of another one that says how to reach them.
/// </summary>
internal sealed class OtherEnvironments(PublicAddresses addresses, Refusals refusals)
{
    /// <returns>Null where the reference is refused.</returns>
    public Value? Read(
        IComputeEnvironmentResource other,
        EndpointReference reference,
        EndpointProperty property,
        ValueUse use,
        Func<object, ValueUse, Value?> readValue
    )
    {
        if (!reference.Exists)
        {
            return Refuse(use, $"refers to the endpoint '{reference.EndpointName}' of '{reference.Resource.Name}', which there is not.");
        }

        if (other is FargateEnvironmentResource fargate)
        {
            if (addresses.OfSite(fargate, reference, property) is { } site)
            {
                return site;
            }

            if (!reference.EndpointAnnotation.IsExternal)
            {
                return Refuse(
                    use,
                    $"refers to the internal endpoint '{reference.EndpointName}' of '{reference.Resource.Name}', which is "
                        + $"in the environment '{other.Name}'. Make the endpoint external, or put both into one environment."
                );
            }

            return addresses.Of(fargate, reference, property);
        }

        try
        {
            return readValue(other.GetEndpointPropertyExpression(reference.Property(property)), use);
        }
        catch (Exception exception) when (exception is NotImplementedException or InvalidOperationException)
        {
            return Refuse(
                use,
                $"refers to '{reference.Resource.Name}' in the environment '{other.Name}', which does not say how to reach "
                    + $"it from outside. Put both into one environment ({reference.Resource.Name}.WithComputeEnvironment), or take "
                    + "one that exists (AddConnectionString)."
            );
        }
    }

    private Value? Refuse(ValueUse use, string text)
    {
        refusals.AddValue(use, text);
        return null;
    }
}
