using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;

namespace Hosting.Fargate.Deploying.Secrets;

/// <summary>
/// The keys with which ASP.NET Core protects cookies, antiforgery tokens and the like, as a secret has them: the newest last, one a line,
/// each as the file that Data Protection reads. Source:
/// https://learn.microsoft.com/aspnet/core/security/data-protection/implementation/key-storage-format
/// </summary>
/// <remarks>
/// Tasks read keys as they start and make none. A deploy adds one where the newest is 90 days old, ASP.NET Core's own time, and starts the
/// services anew that have them; the new key is used two days later, when every task has it, so that none meets what it cannot read. Older
/// keys stay for what was
/// protected with them. None expires within a lifetime: where Data Protection may make no key, it stops once the last has expired, and
/// nobody may deploy for long. So the newest is used on until there is a newer one.
/// </remarks>
internal static class DataProtectionKeys
{
    private const int MostKeys = 8;

    private static readonly XNamespace s_schema = "http://schemas.asp.net/2015/03/dataProtection";

    private static TimeSpan Age { get; } = TimeSpan.FromDays(90);

    private static TimeSpan Lead { get; } = TimeSpan.FromDays(2);

    /// <summary>Whether keys that were put last at a time want another one.</summary>
    public static bool AreDue(DateTime put, DateTimeOffset now) => put.ToUniversalTime() + Age <= now.UtcDateTime;

    /// <summary>The keys as they are where the newest is new enough, else with another one.</summary>
    /// <param name="keys">The keys so far; null where there are none.</param>
    /// <param name="now">The time.</param>
    public static string Renew(string? keys, DateTimeOffset now)
    {
        List<string> lines = [.. (keys ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        if (lines.Count > 0 && !AreDue(lines.Max(CreatedOf), now))
        {
            return keys!;
        }

        var begins = lines.Count == 0 ? now : now + Lead;
        return string.Join('\n', lines.Append(Make(now, begins)).TakeLast(MostKeys));
    }

    private static DateTime CreatedOf(string key) =>
        DateTime.Parse(XElement.Parse(key).Element("creationDate")!.Value, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);

    private static string Make(DateTimeOffset created, DateTimeOffset begins)
    {
        var key = new XElement(
            "key",
            new XAttribute("id", Guid.NewGuid()),
            new XAttribute("version", 1),
            new XElement("creationDate", Time(created)),
            new XElement("activationDate", Time(begins)),
            new XElement("expirationDate", Time(begins.AddYears(100))),
            new XElement(
                "descriptor",
                new XAttribute(
                    "deserializerType",
                    "Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel.AuthenticatedEncryptorDescriptorDeserializer, "
                        + "Microsoft.AspNetCore.DataProtection, Version=8.0.0.0, Culture=neutral, PublicKeyToken=adb9793829ddae60"
                ),
                new XElement(
                    "descriptor",
                    new XElement("encryption", new XAttribute("algorithm", "AES_256_CBC")),
                    new XElement("validation", new XAttribute("algorithm", "HMACSHA256")),
                    new XElement(
                        "masterKey",
                        new XAttribute(s_schema + "requiresEncryption", true),
                        new XElement("value", Convert.ToBase64String(RandomNumberGenerator.GetBytes(64)))
                    )
                )
            )
        );
        return key.ToString(SaveOptions.DisableFormatting);
    }

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);
}
