using System.Text;
using LocalAws.S3.Protocol;

namespace LocalAws.Tests.Server;

/// <summary>
/// The check values that the catalogue of CRC algorithms gives for "123456789", https://reveng.sourceforge.io/crc-catalogue/
/// </summary>
public sealed class ReflectedCrcTests
{
    [Theory]
    [InlineData("CRC32", "CBF43926")]
    [InlineData("CRC32C", "E3069283")]
    [InlineData("CRC64NVME", "AE8B14860A799888")]
    public void A_checksum_has_the_catalogued_check_value(string name, string expected)
    {
        var bytes = Encoding.ASCII.GetBytes("123456789");
        foreach (var split in Enumerable.Range(0, bytes.Length))
        {
            var running = ChecksumAlgorithm.Named(name).Start();
            running.Append(bytes.AsMemory(0, split));
            running.Append(bytes.AsMemory(split));
            Assert.Equal(expected, Convert.ToHexString(Convert.FromBase64String(running.Finish())));
        }
    }
}
