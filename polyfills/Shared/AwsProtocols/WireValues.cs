#nullable enable

using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Amazon.Runtime;
using Amazon.Util;

namespace AwsProtocols;

/// <summary>What the protocols have in common in turning text from the wire into values.</summary>
internal static class WireValues
{
    private static readonly ConcurrentDictionary<Type, Func<string, object>> Constants = new();

    /// <summary>
    /// A string, a constant, a number, a truth value or a time; text without any of those is null, as it is for the official clients.
    /// </summary>
    public static object? FromText(string text, Type type)
    {
        var underlying = Nullable.GetUnderlyingType(type) ?? type;
        if (underlying == typeof(string))
        {
            return text;
        }

        if (underlying.IsAssignableTo(typeof(ConstantClass)))
        {
            return Constants.GetOrAdd(underlying, Conversion)(text);
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (underlying == typeof(bool))
        {
            return bool.Parse(text);
        }

        return underlying == typeof(DateTime) ? Time(text) : Convert.ChangeType(text, underlying, CultureInfo.InvariantCulture);
    }

    public static bool IsCollection(Type type) => type.IsGenericType && Nullable.GetUnderlyingType(type) is null;

    private static DateTime Time(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            ? AWSSDKUtils.EPOCH_START.AddSeconds(seconds)
            : DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

    // Each constant class turns text into the one instance that its static field holds.
    private static Func<string, object> Conversion(Type type) =>
        type.GetMethod("op_Implicit", BindingFlags.Public | BindingFlags.Static, [typeof(string)])!.CreateDelegate<Func<string, object>>();
}
