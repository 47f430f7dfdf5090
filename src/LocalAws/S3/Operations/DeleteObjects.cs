using System.Text;
using System.Xml.Linq;
using LocalAws.S3.Objects;
using LocalAws.S3.Protocol;

namespace LocalAws.S3.Operations;

internal sealed class DeleteObjects(ObjectStore objects) : S3Operation
{
    private const int MaximumKeys = 1000;

    public override S3Route Route { get; } = new(HttpMethods.Post, S3Scope.Bucket) { Required = ["delete"] };

    public override async Task InvokeAsync(S3Request request)
    {
        var document = await SmallBody.ReadXmlAsync(request, "Delete", ChecksumAlgorithm.DeclaredBy(request));
        var entries = document.Elements("Object").ToList();
        if (entries.Count is 0 or > MaximumKeys)
            throw S3Exception.MalformedXml();
        await objects.RequireBucketAsync(request.Bucket);
        var isQuiet = document.Element("Quiet")?.Value.Trim() == "true";
        var results = await Task.WhenAll(entries.Select(entry => DeleteAsync(request.Bucket, entry, isQuiet)));
        await S3Xml.WriteAsync(request.Response, new XElement(S3Xml.Namespace + "DeleteResult", results));
    }

    private async Task<XElement?> DeleteAsync(string bucket, XElement entry, bool isQuiet)
    {
        var key = entry.Element("Key")?.Value ?? throw S3Exception.MalformedXml();
        try
        {
            if (entry.Element("VersionId")?.Value is { } version and not "null")
                throw S3Exception.NotImplemented($"object versions ({version})");
            await objects.DeleteAsync(bucket, Encoding.UTF8.GetBytes(key), entry.Element("ETag")?.Value);
            return isQuiet ? null : new XElement(S3Xml.Namespace + "Deleted", new XElement(S3Xml.Namespace + "Key", key));
        }
        catch (S3Exception exception)
        {
            return new XElement(
                S3Xml.Namespace + "Error",
                new XElement(S3Xml.Namespace + "Key", key),
                new XElement(S3Xml.Namespace + "Code", exception.Code),
                new XElement(S3Xml.Namespace + "Message", exception.Message)
            );
        }
    }
}
