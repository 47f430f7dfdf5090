using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A service outside the application, known by its address.</summary>
public sealed class ExternalServiceResource : Resource
{
    /// <summary>Creates a service at a known address.</summary>
    /// <exception cref="ArgumentException">The address is relative, or has a query or fragment.</exception>
    public ExternalServiceResource(string name, Uri uri) : base(name)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (FaultOf(uri) is { } fault)
        {
            throw new ArgumentException(fault, nameof(uri));
        }

        Uri = uri;
    }

    /// <summary>Creates a service whose address is a parameter.</summary>
    public ExternalServiceResource(string name, ParameterResource urlParameter) : base(name)
    {
        ArgumentNullException.ThrowIfNull(urlParameter);
        UrlParameter = urlParameter;
    }

    /// <summary>The address, where the model says it.</summary>
    public Uri? Uri { get; }

    /// <summary>The parameter that holds the address, where one does.</summary>
    public ParameterResource? UrlParameter { get; }

    internal static bool TryParseUrl(string? url, [NotNullWhen(true)] out Uri? uri, [NotNullWhen(false)] out string? fault)
    {
        fault = Uri.TryCreate(url, UriKind.Absolute, out uri) ? FaultOf(uri) : "The URL for the external service must be an absolute URI.";
        return fault is null;
    }

    private static string? FaultOf(Uri uri) =>
        !uri.IsAbsoluteUri ? "The URI for the external service must be absolute."
        : uri.Fragment.Length > 0 ? "The URI cannot contain a fragment."
        : uri.Query.Length > 0 ? "The URI cannot contain a query string."
        : null;
}
