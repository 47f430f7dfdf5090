using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace EndToEnd;

/// <summary>A CSV of a given size that is made while it is sent.</summary>
internal sealed class GeneratedCsv : HttpContent
{
    private readonly long _bytes;

    public GeneratedCsv(int megabytes)
    {
        _bytes = (long)megabytes << 20;
        Headers.ContentType = new MediaTypeHeaderValue("text/csv");
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var block = new StringBuilder();
        var sent = 0L;
        for (var row = 0; sent < _bytes; )
        {
            block.Clear();
            if (row == 0)
                block.Append("id,amount,city,at,note\n");
            for (var i = 0; i < 4096; i++, row++)
                block.Append(
                    $"{row},{row % 977 / 8.0},city {row % 300},2026-01-{row % 28 + 1:00}T{row % 24:00}:00:00Z,\"a note, number {row % 5000}\"\n"
                );
            var bytes = Encoding.UTF8.GetBytes(block.ToString());
            await stream.WriteAsync(bytes);
            sent += bytes.Length;
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
