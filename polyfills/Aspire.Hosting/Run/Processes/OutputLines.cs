using System.Text;

namespace Aspire.Hosting.Run.Processes;

/// <summary>Cuts a stream of text into lines as they come.</summary>
internal static class OutputLines
{
    /// <summary>A line longer than this is cut, so that a program that never ends a line cannot fill this process's memory.</summary>
    public const int MaxLineLength = 64 * 1024;

    /// <summary>Reads to the end of the stream. A last line without an end is a line too.</summary>
    public static async Task ReadAsync(Stream stream, Action<string> onLine)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var buffer = new char[4096];
        var line = new StringBuilder();

        while (await ReadOrEndAsync(reader, buffer).ConfigureAwait(false) is var count and > 0)
        {
            foreach (var character in buffer.AsSpan(0, count))
            {
                if (character == '\n' || line.Length == MaxLineLength)
                {
                    Emit(line, onLine);
                }
                if (character != '\n')
                {
                    line.Append(character);
                }
            }
        }

        if (line.Length > 0)
        {
            Emit(line, onLine);
        }
    }

    private static void Emit(StringBuilder line, Action<string> onLine)
    {
        if (line.Length > 0 && line[^1] == '\r')
        {
            line.Length--;
        }
        onLine(line.ToString());
        line.Clear();
    }

    // A pipe whose other end was killed, or that was closed here, is at its end.
    private static async ValueTask<int> ReadOrEndAsync(StreamReader reader, char[] buffer)
    {
        try
        {
            return await reader.ReadAsync(buffer).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            return 0;
        }
    }
}
