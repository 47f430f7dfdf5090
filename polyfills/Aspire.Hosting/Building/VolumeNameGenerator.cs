using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Names volumes after the AppHost and the resource that uses them, so that two AppHosts do not share one.</summary>
public static class VolumeNameGenerator
{
    /// <summary>Makes a name.</summary>
    /// <exception cref="ArgumentException">The suffix has characters that a volume's name may not have.</exception>
    public static string Generate<T>(IResourceBuilder<T> builder, string suffix) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (!suffix.All(IsAllowed))
        {
            throw new ArgumentException(
                $"The suffix '{suffix}' contains invalid characters. Only [a-zA-Z0-9_.-] are allowed.", nameof(suffix));
        }

        var application = builder.ApplicationBuilder;
        var name = new string([.. application.Environment.ApplicationName.Select(c => IsAllowed(c) ? c : '_')]).TrimStart('-', '.', '_');
        var hash = (application.Configuration["AppHost:Sha256"] ?? "").PadRight(10)[..10].TrimEnd().ToLowerInvariant();
        return $"{name.ToLowerInvariant()}-{hash}-{builder.Resource.Name}-{suffix}";
    }

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-';
}
