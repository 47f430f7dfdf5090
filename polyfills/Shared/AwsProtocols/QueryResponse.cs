#nullable enable

using System.Net;
using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace AwsProtocols;

/// <summary>Reads the answer to one operation of a query service.</summary>
internal sealed class QueryResponse<TResponse>(string operation, ServiceErrors errors) : XmlResponseUnmarshaller
    where TResponse : AmazonWebServiceResponse, new()
{
    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext input)
    {
        var response = new TResponse();
        var root = Load(input);
        foreach (var element in root.Elements())
        {
            if (element.Name.LocalName == operation + "Result")
            {
                XmlShapeReader.Read(element, response);
            }
            else if (element.Name.LocalName == "ResponseMetadata")
            {
                response.ResponseMetadata = Metadata(element);
            }
        }

        return response;
    }

    public override AmazonServiceException UnmarshallException(
        XmlUnmarshallerContext input,
        Exception innerException,
        HttpStatusCode statusCode
    ) => errors.ToException(XmlErrorResponseUnmarshaller.GetInstance().Unmarshall(input), innerException, statusCode);

    /// <summary>As for JSON: no answer is logged.</summary>
    protected override bool ShouldReadEntireResponse(IWebResponseData response, bool readEntireResponse) => false;

    private static XElement Load(XmlUnmarshallerContext input)
    {
        // This old reader, which Core uses too, leaves line ends as they are and takes characters that XML 1.0 forbids:
        // both occur in templates.
        using var reader = new XmlTextReader(input.Stream)
        {
            WhitespaceHandling = WhitespaceHandling.All,
            DtdProcessing = DtdProcessing.Ignore,
        };
        try
        {
            return XElement.Load(reader, LoadOptions.PreserveWhitespace);
        }
        catch (XmlException exception)
        {
            // Core tries again after an answer that broke off, which it knows by this exception.
            throw new AmazonUnmarshallingException(
                input.ResponseData.GetHeaderValue("x-amzn-RequestId"),
                lastKnownLocation: null,
                exception,
                input.ResponseData.StatusCode
            );
        }
    }

    private static ResponseMetadata Metadata(XElement element)
    {
        var metadata = new ResponseMetadata();
        foreach (var child in element.Elements())
        {
            if (child.Name.LocalName == "RequestId")
            {
                metadata.RequestId = child.Value;
            }
            else
            {
                metadata.Metadata[child.Name.LocalName] = child.Value;
            }
        }

        return metadata;
    }
}
