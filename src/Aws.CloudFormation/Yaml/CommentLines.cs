namespace Aws.CloudFormation;

/// <summary>A comment as lines that fit.</summary>
internal static class CommentLines
{
    public static IEnumerable<string> Wrap(string? comment, int width)
    {
        foreach (var paragraph in comment?.ReplaceLineEndings("\n").Split('\n') ?? [])
        {
            var line = "";
            foreach (var word in paragraph.Split(' '))
            {
                if (line.Length > 0 && line.Length + 1 + word.Length > width)
                {
                    yield return line;
                    line = word;
                }
                else
                {
                    line = line.Length == 0 ? word : $"{line} {word}";
                }
            }

            yield return line;
        }
    }
}
