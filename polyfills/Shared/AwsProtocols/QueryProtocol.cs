#nullable enable

using System.Collections;
using System.Globalization;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;
using Amazon.Util;

namespace AwsProtocols;

/// <summary>AWS's query protocol, https://smithy.io/2.0/aws/protocols/aws-query-protocol.html</summary>
/// <param name="version">The version of the API.</param>
/// <param name="serviceException">The exception of errors that an operation does not declare.</param>
internal sealed class QueryProtocol(string version, Type serviceException) : ServiceProtocol(serviceException)
{
    protected override void Marshall(string operation, AmazonWebServiceRequest input, DefaultRequest request)
    {
        request.Parameters.Add("Action", operation);
        request.Parameters.Add("Version", version);
        AddShape(request.Parameters, "", input);
        request.ContentStream = AWSSDKUtils.WriteParametersToPooledStream(request);
    }

    protected override ResponseUnmarshaller Unmarshaller<TResponse>(string operation, ServiceErrors errors) =>
        new QueryResponse<TResponse>(operation, errors);

    private static void AddShape(IDictionary<string, string> parameters, string prefix, object shape)
    {
        foreach (var member in ShapeMember.Of(shape.GetType()))
        {
            if (member.ValueToSend(shape) is { } value)
            {
                Add(parameters, prefix + member.Name, value);
            }
        }
    }

    private static void Add(IDictionary<string, string> parameters, string name, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case string text:
                parameters.Add(name, text);
                break;
            case ConstantClass constant:
                parameters.Add(name, StringUtils.FromString(constant));
                break;
            case bool truth:
                parameters.Add(name, StringUtils.FromBool(truth));
                break;
            case DateTime time:
                parameters.Add(name, StringUtils.FromDateTimeToISO8601WithOptionalMs(time));
                break;
            case IFormattable number:
                parameters.Add(name, number.ToString(null, CultureInfo.InvariantCulture));
                break;
            case IDictionary map:
                AddMap(parameters, name, map);
                break;
            case IList { Count: 0 }:
                // An empty list says that there shall be none, where an absent one says nothing.
                parameters.Add(name, "");
                break;
            case IList list:
                for (var index = 0; index < list.Count; index++)
                {
                    Add(parameters, $"{name}.member.{index + 1}", list[index]);
                }

                break;
            default:
                AddShape(parameters, name + ".", value);
                break;
        }
    }

    private static void AddMap(IDictionary<string, string> parameters, string name, IDictionary map)
    {
        var index = 1;
        foreach (DictionaryEntry entry in map)
        {
            Add(parameters, $"{name}.entry.{index}.key", entry.Key);
            Add(parameters, $"{name}.entry.{index}.value", entry.Value);
            index++;
        }
    }
}
