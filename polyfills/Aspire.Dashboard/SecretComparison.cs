using System.Security.Cryptography;
using System.Text;

namespace Aspire.Dashboard;

/// <summary>Compares what somebody sent with a secret, in a time that tells nothing about the secret.</summary>
internal static class SecretComparison
{
    public static bool AreEqual(string? candidate, string secret) =>
        CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(candidate ?? string.Empty)),
            SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
