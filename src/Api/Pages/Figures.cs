using System.Globalization;

namespace Api.Pages;

/// <summary>Figures as people read them.</summary>
internal static class Figures
{
    private static readonly string[] Units = ["bytes", "kB", "MB", "GB", "TB"];

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>About six significant digits, and an exponent only for what is very large or very small.</summary>
    public static string Number(double number) =>
        number.ToString(
            Math.Abs(number) switch
            {
                >= 1e15 => "G6",
                >= 1e5 => "N0",
                >= 1e3 => "#,0.##",
                _ => "G6",
            },
            CultureInfo.InvariantCulture
        );

    public static string Share(long part, long whole) =>
        whole is 0 ? "0 %" : (100.0 * part / whole).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    public static string Bytes(long bytes)
    {
        var unit = 0;
        double size = bytes;
        for (; size >= 1000 && unit < Units.Length - 1; unit++)
            size /= 1000;
        return $"{size.ToString(unit is 0 ? "N0" : "N1", CultureInfo.InvariantCulture)} {Units[unit]}";
    }

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public static string Coordinate(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
