using System.Globalization;

namespace Hosting.Fargate.Application;

/// <summary>
/// What the name of an instance class says: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html.
/// </summary>
internal static class InstanceClasses
{
    /// <summary>The memory of a class in GiB; null for one whose name does not say it.</summary>
    public static int? MemoryOf(string instanceClass)
    {
        if (instanceClass.Split('.') is not ["db", [var family, ..], var size])
        {
            return null;
        }

        // Of the burstable ones micro, small and medium have 1, 2 and 4; from large on a size has twice the one before it.
        var large = family switch
        {
            't' or 'm' => 8,
            'r' => 16,
            'x' => 32,
            _ => 0,
        };
        return (family, size) switch
        {
            ('t', "micro") => 1,
            ('t', "small") => 2,
            ('t' or 'm', "medium") => 4,
            (_, "large") when large > 0 => large,
            (_, "xlarge") when large > 0 => large * 2,
            _ => large > 0
            && size.EndsWith("xlarge", StringComparison.Ordinal)
            && int.TryParse(size[..^"xlarge".Length], NumberStyles.None, CultureInfo.InvariantCulture, out var times)
                ? large * 2 * times
                : null,
        };
    }
}
