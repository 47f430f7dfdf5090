namespace Aspire.Hosting.ApplicationModel;

/// <summary>An address on this machine, as whoever asks for it reaches this machine.</summary>
public record HostUrl(string Url) : IExpressionValue
{
    string IManifestExpressionProvider.ValueExpression => Url;

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => new(Url);

    ValueTask<string?> IValueProvider.GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken) =>
        new(context.ResolvedNetwork == KnownNetworkIdentifiers.LocalhostNetwork ? Url : FromContainer());

    private string FromContainer()
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var uri) || !uri.IsLoopback)
        {
            return Url;
        }

        var translated = new UriBuilder(uri) { Host = KnownHostNames.DockerDesktopHostBridge }.Uri.ToString();
        return Url.EndsWith('/') ? translated : translated.TrimEnd('/');
    }
}
