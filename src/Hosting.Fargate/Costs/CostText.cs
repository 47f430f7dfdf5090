using System.Globalization;

namespace Hosting.Fargate.Costs;

/// <summary>Numbers of an estimate as text, the same in every culture.</summary>
internal static class CostText
{
    /// <summary>An amount in USD, to the cent: <c>1,234.50</c>.</summary>
    public static string Amount(decimal usd) => usd.ToString("#,##0.00", CultureInfo.InvariantCulture);

    /// <summary>A range of amounts; one where both are the same.</summary>
    public static string Amount(decimal least, decimal most) => Range(Amount(least), Amount(most));

    /// <summary>A price of one, with the digits that it has: <c>0.000111</c>, <c>3.65</c>.</summary>
    public static string Price(decimal usd) => usd.ToString("#,##0.00####", CultureInfo.InvariantCulture);

    /// <summary>A price of a GB.</summary>
    public static string PerGigabyte(decimal usd) => $"{Price(usd)} a GB";

    /// <summary>A price of keeping a GB for a month.</summary>
    public static string PerGigabyteMonth(decimal usd) => $"{Price(usd)} a GB and month";

    /// <summary>A number of things.</summary>
    public static string Quantity(decimal quantity) => quantity.ToString("#,##0.##", CultureInfo.InvariantCulture);

    /// <summary>A range of numbers; one where both are the same.</summary>
    public static string Quantity(decimal least, decimal most) => Range(Quantity(least), Quantity(most));

    private static string Range(string least, string most) => least == most ? least : $"{least} to {most}";
}
