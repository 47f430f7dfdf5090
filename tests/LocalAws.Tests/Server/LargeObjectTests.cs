using System.Security.Cryptography;
using Amazon.S3.Model;
using LocalAws.Tests.Emulators;

namespace LocalAws.Tests.Server;

public sealed class LargeObjectTests
{
    private const long Size = 300L * 1024 * 1024;

    [Fact]
    public async Task A_large_object_is_streamed_in_both_directions_without_filling_memory()
    {
        using var data = new TemporaryFolder();
        await using var server = await LocalAwsServer.StartAsync(data);
        await server.S3.PutBucketAsync("datasets");
        await server.S3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = "datasets",
                Key = "small",
                ContentBody = "x",
            }
        );
        var before = server.Process.WorkingSet;

        await using var body = new RepeatingStream(Size);
        var put = await server.S3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = "datasets",
                Key = "large",
                InputStream = body,
                AutoCloseStream = false,
            }
        );
        var afterPut = server.Process.WorkingSet;
        using var read = await server.S3.GetObjectAsync("datasets", "large");
        var digest = await MD5.HashDataAsync(read.ResponseStream);
        var afterGet = server.Process.WorkingSet;

        Assert.Equal(put.ETag, $"\"{Convert.ToHexStringLower(digest)}\"");
        Assert.Equal(Size, read.ContentLength);
        // A third of the object is far above what streaming needs, and far below what keeping it would.
        Assert.InRange(Math.Max(afterPut, afterGet) - before, long.MinValue, Size / 3);
    }

    /// <summary>Bytes without end that take no memory: each block of 251 is the same.</summary>
    private sealed class RepeatingStream(long length) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var count = (int)Math.Min(buffer.Length, length - Position);
            for (var i = 0; i < count; i++)
                buffer[i] = (byte)((Position + i) % 251);
            Position += count;
            return count;
        }

        public override long Seek(long offset, SeekOrigin origin) =>
            Position = origin switch
            {
                SeekOrigin.Begin => offset,
                SeekOrigin.Current => Position + offset,
                _ => length + offset,
            };

        public override void Flush() { }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
