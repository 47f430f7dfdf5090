using LocalAws.S3.Objects;

namespace LocalAws.S3.Protocol;

internal static class ChecksumHeaders
{
    public static void Write(HttpResponse response, ObjectChecksum? checksum)
    {
        if (checksum is null)
            return;
        response.Headers[ChecksumAlgorithm.Named(checksum.Algorithm).Header] = checksum.Value;
        response.Headers["x-amz-checksum-type"] = checksum.Type;
    }
}
