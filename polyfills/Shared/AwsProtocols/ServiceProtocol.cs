#nullable enable

using System.Collections.Concurrent;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace AwsProtocols;

/// <summary>How a service is asked and answers: from the request's and the response's own members, found by reflection.</summary>
/// <param name="serviceException">The exception of errors that an operation does not declare. Its namespace is the service's name.</param>
internal abstract class ServiceProtocol(Type serviceException)
{
    private readonly ConcurrentDictionary<Type, InvokeOptions> _operations = new();

    /// <summary>The operation that is named as its response is.</summary>
    /// <param name="errors">The exceptions that the operation declares, of those that this stand-in has.</param>
    public InvokeOptions Operation<TResponse>(params Type[] errors)
        where TResponse : AmazonWebServiceResponse, new() =>
        _operations.GetOrAdd(
            typeof(TResponse),
            static (response, given) =>
            {
                var operation = response.Name[..^"Response".Length];
                return new InvokeOptions
                {
                    RequestMarshaller = new RequestMarshaller(given.Protocol, operation),
                    ResponseUnmarshaller = given.Protocol.Unmarshaller<TResponse>(operation, given.Errors),
                };
            },
            (Protocol: this, Errors: new ServiceErrors(serviceException, errors))
        );

    /// <summary>Writes what the request asks into a request to the service.</summary>
    protected abstract void Marshall(string operation, AmazonWebServiceRequest input, DefaultRequest request);

    protected abstract ResponseUnmarshaller Unmarshaller<TResponse>(string operation, ServiceErrors errors)
        where TResponse : AmazonWebServiceResponse, new();

    private sealed class RequestMarshaller(ServiceProtocol protocol, string operation) : IMarshaller<IRequest, AmazonWebServiceRequest>
    {
        public IRequest Marshall(AmazonWebServiceRequest input)
        {
            var request = new DefaultRequest(input, protocol.ServiceName) { HttpMethod = "POST" };
            protocol.Marshall(operation, input, request);
            return request;
        }
    }

    private string ServiceName => serviceException.Namespace!;
}
