using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace LocalAws.S3.Protocol;

/// <summary>Documents as S3 writes and reads them.</summary>
internal static class S3Xml
{
    /// <summary>The largest document that is read, in bytes: ten thousand parts with their checksums fit.</summary>
    public const long MaximumRequest = 4 * 1024 * 1024;

    public static XNamespace Namespace { get; } = "http://s3.amazonaws.com/doc/2006-03-01/";

    // A key may hold control characters, which XML 1.0 does not have; S3 writes them as references all the same.
    private static readonly XmlWriterSettings WriterSettings = new()
    {
        Async = true,
        CheckCharacters = false,
        Encoding = new UTF8Encoding(false),
    };

    public static async Task WriteAsync(HttpResponse response, XElement root)
    {
        using var buffer = new MemoryStream();
        await using (var writer = XmlWriter.Create(buffer, WriterSettings))
            await root.SaveAsync(writer, CancellationToken.None);
        response.ContentType = "application/xml";
        response.ContentLength = buffer.Length;
        await response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), response.HttpContext.RequestAborted);
    }

    /// <summary>The request's document, its names without namespaces, for not all clients write them.</summary>
    /// <exception cref="S3Exception">The body is not such a document.</exception>
    public static XElement Read(Stream document, string rootName)
    {
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, CheckCharacters = false };
            using var reader = XmlReader.Create(document, settings);
            var root = XElement.Load(reader, LoadOptions.PreserveWhitespace);
            foreach (var element in root.DescendantsAndSelf())
                element.Name = element.Name.LocalName;
            return root.Name == rootName ? root : throw S3Exception.MalformedXml();
        }
        catch (XmlException)
        {
            throw S3Exception.MalformedXml();
        }
    }

    public static string Time(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A key as the caller asked to have it: <c>encoding-type=url</c> for keys that XML cannot hold.</summary>
    public static string Encode(string key, string? encodingType) =>
        encodingType == "url" ? Uri.EscapeDataString(key).Replace("%2F", "/", StringComparison.Ordinal) : key;
}
