#nullable enable

using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Amazon;
using Amazon.Runtime;
using Amazon.Util;

namespace AwsProtocols;

/// <summary>What the protocols have in common in turning text from the wire into values.</summary>
internal static class WireValues
{
    private static readonly ConcurrentDictionary<Type, Func<string, object>> Constants = new();

    /// <summary>A string, a constant, a number, a truth value or a time; text without any of those is null, as it is for the official clients.</summary>
    public static object? FromText(string text, Type type, bool epochMilliseconds)
    {
        var underlying = Nullable.GetUnderlyingType(type) ?? type;
        if (underlying == typeof(string))
        {
            return text;
        }

        if (underlying.IsAssignableTo(typeof(ConstantClass)))
        {
            return Constants.GetOrAdd(underlying, FindValue)(text);
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (underlying == typeof(bool))
        {
            return bool.Parse(text);
        }

        if (underlying == typeof(DateTime))
        {
            return Time(text, epochMilliseconds);
        }

        return underlying == typeof(MemoryStream)
            ? Blob(Convert.FromBase64String(text))
            : Convert.ChangeType(text, underlying, CultureInfo.InvariantCulture);
    }

    public static MemoryStream Blob(byte[] bytes) => new(bytes, 0, bytes.Length, writable: true, publiclyVisible: true);

    /// <summary>What stands for a collection that was not there: null, unless the caller asked for version 3's way.</summary>
    public static object? AbsentCollection(Type type) => AWSConfigs.InitializeCollections ? Activator.CreateInstance(type) : null;

    public static bool IsCollection(Type type) => type.IsGenericType && Nullable.GetUnderlyingType(type) is null;

    private static DateTime Time(string text, bool epochMilliseconds)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);
        }

        return epochMilliseconds ? AWSSDKUtils.EPOCH_START.AddMilliseconds(number) : AWSSDKUtils.EPOCH_START.AddSeconds(number);
    }

    // Each constant class has its own FindValue(string), which gives the one instance that its static field holds.
    private static Func<string, object> FindValue(Type type) =>
        type.GetMethod("FindValue", BindingFlags.Public | BindingFlags.Static, [typeof(string)])!.CreateDelegate<Func<string, object>>();
}
