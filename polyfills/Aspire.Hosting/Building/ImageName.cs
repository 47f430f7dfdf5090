namespace Aspire.Hosting;

/// <summary>The name of an image, taken apart: <c>registry/image:tag</c> or <c>registry/image@sha256:digest</c>.</summary>
internal sealed record ImageName(string? Registry, string Image, string? Tag, string? Digest)
{
    /// <summary>Takes a name apart.</summary>
    /// <exception cref="ArgumentException">There is no image in it.</exception>
    public static ImageName Parse(string text)
    {
        var (rest, digest) = Split(text, text.IndexOf("@sha256:", StringComparison.Ordinal), "@sha256:".Length);

        // A colon before the last slash is that of the registry's port.
        var colon = rest.LastIndexOf(':');
        var (path, tag) = Split(rest, colon > rest.LastIndexOf('/') ? colon : -1, 1);
        var slash = path.IndexOf('/');
        var first = slash < 0 ? "" : path[..slash];
        var hasRegistry = first.Contains('.') || first.Contains(':') || first == "localhost";
        var image = hasRegistry ? path[(slash + 1)..] : path;
        return image.Length == 0
            ? throw new ArgumentException($"'{text}' names no container image. Write it as image, image:tag or registry/image:tag.", nameof(text))
            : new(hasRegistry ? first : null, image, tag, digest);

        static (string Before, string? After) Split(string text, int at, int length) => at < 0 ? (text, null) : (text[..at], text[(at + length)..]);
    }
}
