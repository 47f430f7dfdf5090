using System.Text;

namespace Hosting.Fargate.Writing;

/// <summary>A file of the output folder.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="Content">Its text, without the mark that it gets where it is written.</param>
internal sealed record PublishedFile(string Name, string Content)
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>What is in it where it is a file of the author's, which is written as it is.</summary>
    public byte[]? Bytes { get; init; }

    /// <summary>Whether what is written says that publish wrote it.</summary>
    public bool IsMarked => Bytes is null && ContentMark.Marks(Name);

    /// <summary>What is written.</summary>
    public byte[] ToBytes() => Bytes ?? s_utf8.GetBytes(ContentMark.Add(Name, Content));
}
