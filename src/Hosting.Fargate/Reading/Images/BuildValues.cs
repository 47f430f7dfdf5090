using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;
using Hosting.Fargate.Markup;

namespace Hosting.Fargate.Reading;

/// <summary>Values that are known before the application is there: text, parameters, and what is made of them.</summary>
/// <param name="parameters">The model's parameters.</param>
/// <param name="addressOf">What is known of an endpoint by then; null where nothing is.</param>
internal sealed class BuildValues(ParameterReader parameters, Func<EndpointReference, EndpointProperty, Value?>? addressOf = null)
{
    /// <param name="value">As the model gives it.</param>
    /// <param name="unknown">What of it is known only later, in words.</param>
    /// <returns>Null where it is known only later.</returns>
    public Value? Read(object? value, out string? unknown)
    {
        unknown = null;
        switch (value)
        {
            case null:
                return new Text("");
            case string text:
                return new Text(text);
            case bool truth:
                return new Text(truth ? "true" : "false");
            case IResourceBuilder<IResource> builder:
                return Read(builder.Resource, out unknown);
            case ParameterResource parameter:
                return parameters.Read(parameter, ValueFormat.AsIs);
            case ReferenceExpression { IsConditional: false } expression when expression.StringFormats.All(string.IsNullOrEmpty):
                List<Value> parts = [];
                foreach (var (text, index) in CompositeFormat.Split(expression.Format))
                {
                    if ((index is { } place ? Read(expression.ValueProviders[place], out unknown) : new Text(text)) is not { } part)
                    {
                        return null;
                    }

                    parts.Add(part);
                }

                return Value.Concat(parts);
            case EndpointReference endpoint when addressOf?.Invoke(endpoint, EndpointProperty.Url) is { } url:
                return url;
            case EndpointReferenceExpression { Endpoint: var endpoint, Property: var property }
                when addressOf?.Invoke(endpoint, property) is { } address:
                return address;
            case IFormattable number and not IValueProvider:
                return new Text(number.ToString(null, CultureInfo.InvariantCulture));
            default:
                unknown = Describe(value);
                return null;
        }
    }

    private static string Describe(object value) =>
        value switch
        {
            EndpointReference endpoint => $"an address of '{endpoint.Resource.Name}'",
            EndpointReferenceExpression expression => $"an address of '{expression.Endpoint.Resource.Name}'",
            IResource resource => $"the resource '{resource.Name}'",
            _ => $"a value of type {value.GetType().Name}",
        };
}
