namespace LocalAws.S3.Objects;

internal static class EntityTags
{
    /// <summary>Whether a header's list of entity tags, quoted or not, has this one; <c>*</c> has each.</summary>
    public static bool Contain(string header, string etag) =>
        header.Split(',', StringSplitOptions.TrimEntries).Any(tag => tag == "*" || Unquote(tag) == etag);

    public static string Unquote(string tag) => tag.Trim('"');
}
