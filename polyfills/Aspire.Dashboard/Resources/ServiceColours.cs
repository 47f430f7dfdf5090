using System.Globalization;

namespace Aspire.Dashboard.Resources;

/// <summary>
/// Gives each service a colour that it keeps from page to page and, for the same model, from run to run; two services get the
/// same only when there are more of them than colours.
/// </summary>
internal sealed class ServiceColours
{
    private const int Count = 12;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);

    public string ClassOf(string serviceName)
    {
        lock (_lock)
        {
            if (!_taken.TryGetValue(serviceName, out var colour))
            {
                colour = (int)(Hash(serviceName) % Count);
                if (_taken.Count < Count)
                {
                    while (_taken.ContainsValue(colour))
                    {
                        colour = (colour + 1) % Count;
                    }

                    _taken[serviceName] = colour;
                }
            }

            return string.Create(CultureInfo.InvariantCulture, $"colour-{colour}");
        }
    }

    private static uint Hash(string text)
    {
        var hash = 17u;
        foreach (var character in text)
        {
            hash = unchecked(hash * 31 + character);
        }

        return hash;
    }
}
