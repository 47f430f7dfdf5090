using System.Xml.Linq;
using LocalAws.S3.Objects;

namespace LocalAws.S3.Protocol;

internal static class ChecksumElements
{
    /// <summary>The elements that tell of an object's checksum; none without one.</summary>
    public static IEnumerable<XElement> Of(ObjectChecksum? checksum) =>
        checksum is null
            ? []
            :
            [
                new XElement(S3Xml.Namespace + ChecksumAlgorithm.Named(checksum.Algorithm).Element, checksum.Value),
                new XElement(S3Xml.Namespace + "ChecksumType", checksum.Type),
            ];
}
