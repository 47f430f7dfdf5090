using System.Xml.Linq;

namespace LocalAws.S3.Protocol;

/// <summary>The one owner of everything.</summary>
internal static class S3Owner
{
    public static XElement Element(string name) =>
        new(
            S3Xml.Namespace + name,
            new XElement(S3Xml.Namespace + "ID", "000000000000"),
            new XElement(S3Xml.Namespace + "DisplayName", "localaws")
        );
}
