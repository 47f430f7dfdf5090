using System.Xml.Linq;
using LocalAws.S3.Objects;
using LocalAws.S3.Protocol;
using LocalAws.Storage;

namespace LocalAws.S3.Operations;

/// <summary>A request's document: encoded and verified as an object's body is, but small, and read from memory.</summary>
internal static class SmallBody
{
    /// <exception cref="S3Exception">It is not such a document, or not what its digests say.</exception>
    public static async Task<XElement> ReadXmlAsync(S3Request request, string rootName, ChecksumAlgorithm? algorithm)
    {
        if (request.Http.Request.ContentLength is not <= S3Xml.MaximumRequest)
            throw S3Exception.MalformedXml();
        var memory = new MemoryBlobStore();
        var body = await ReceivedBody.ReceiveAsync(request, memory, algorithm);
        await using var document = memory.Open(body.Blob);
        return S3Xml.Read(document, rootName);
    }
}
