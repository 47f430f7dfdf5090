using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// What a server at which people log in, Keycloak, is told of itself: the address that browsers have of it. That is what its tokens name as
/// their issuer, and where it sends browsers, whoever asks it. Services call it by its name inside, and go on doing so:
/// https://www.keycloak.org/server/hostname.
/// </summary>
internal static class LoginServer
{
    public const string AddressVariable = "KC_HOSTNAME";

    private const string DynamicVariable = "KC_HOSTNAME_BACKCHANNEL_DYNAMIC";

    private static readonly string[] s_certificates =
    [
        "KC_HTTPS_CERTIFICATE_FILE",
        "KC_HTTPS_CERTIFICATES_RELOAD_PERIOD",
        "KC_HTTPS_KEY_STORE_FILE",
        "KC_CONFIG_KEYSTORE",
    ];

    /// <summary>The endpoint of health and metrics: https://www.keycloak.org/server/management-interface.</summary>
    public const string ManagementEndpoint = "management";

    /// <summary>The first major version that has these variables (hostname v2).</summary>
    private const int FirstVersion = 25;

    /// <summary>None where the model tells it its address, by a variable or an argument.</summary>
    public static IEnumerable<EnvironmentVariable> VariablesOf(
        WorkloadDraft draft,
        FargateEnvironmentResource environment,
        PublicAddresses addresses
    )
    {
        if (draft.Resource is not { Known.IsForLogins: true, IsConnected: true } server || EndpointOf(server) is not { } endpoint)
        {
            yield break;
        }

        if (IsOlder(server) || IsTold(draft) || PathOf(draft) is not { } path)
        {
            yield break;
        }

        var reference = new EndpointReference((IResourceWithEndpoints)server.Resource, endpoint.Name);
        var address = addresses.Of(environment, reference, EndpointProperty.Url);
        yield return new(AddressVariable, Value.Concat([address, new Text(path)]));
        yield return new(DynamicVariable, new Text("true"));
    }

    /// <summary>On a laptop a browser reaches everything, by localhost, and may do so by HTTP.</summary>
    public static IEnumerable<Notice> Notices(IEnumerable<PublishedResource> published, Ingress ingress)
    {
        foreach (var server in published.Where(resource => resource is { Known.IsForLogins: true, IsConnected: true }))
        {
            if (EndpointOf(server) is null)
            {
                yield return new Notice(
                    server.Name,
                    "has no external endpoint: a browser that is sent there to log in does not reach it. Make its endpoint external "
                        + "(WithExternalHttpEndpoints, or WithEndpoint(\"http\", endpoint => endpoint.IsExternal = true) for that one "
                        + "alone).",
                    IsWarning: true
                );
                continue;
            }

            yield return new Notice(
                server.Name,
                "names its public address in its tokens and to browsers (KC_HOSTNAME). Services that refer to it (WithReference) call it "
                    + "by its name, over HTTP within the network: there options.RequireHttpsMetadata has to be false."
            );
            if (ingress.Scheme == "http")
            {
                // https://www.keycloak.org/docs/latest/server_admin/#_ssl_modes
                yield return new Notice(
                    server.Name,
                    "answers browsers on the internet 'HTTPS required', unless its realm asks for none (sslRequired): the load balancer "
                        + "serves plain HTTP. Give the environment .WithCloudFront() or WithDomain.",
                    IsWarning: true
                );
            }
        }
    }

    /// <summary>What its makers mean for a laptop, or what Aspire gives it here alone.</summary>
    public static IEnumerable<Notice> Notices(WorkloadDraft draft)
    {
        if (draft.Resource is not { Known.IsForLogins: true } server)
        {
            yield break;
        }

        // https://www.keycloak.org/server/configuration#_starting_keycloak_in_development_mode
        if (draft.Command.OfType<Text>().Any(argument => argument.Content == "start-dev"))
        {
            yield return new Notice(
                server.Name,
                "runs in its development mode on AWS too (start-dev), which its makers want in no production. Where the model is published: "
                    + "WithArgs(\"start\").",
                IsWarning: true
            );
        }

        // https://www.keycloak.org/server/enabletls
        if (
            draft.Variables.Any(variable =>
                variable is { Name: "KC_HTTP_ENABLED", Value: Text { Content: var text } }
                && text.Equals("false", StringComparison.OrdinalIgnoreCase)
            ) && !draft.Variables.Any(variable => s_certificates.Contains(variable.Name))
        )
        {
            yield return new Notice(
                server.Name,
                "does not start: it is told to speak no plain HTTP (KC_HTTP_ENABLED) and has no certificate, which it gets here alone. "
                    + "Say so in run mode alone (builder.ExecutionContext.IsRunMode), and give it an http endpoint "
                    + "(WithHttpEndpoint(targetPort: 8080)): before it the load balancer ends TLS.",
                IsWarning: true
            );
        }
    }

    /// <summary>The endpoint that browsers come to.</summary>
    private static PublishedEndpoint? EndpointOf(PublishedResource server) =>
        server.Endpoints.FirstOrDefault(endpoint => endpoint.IsExternal && endpoint.Port.Protocol != PortProtocol.Tcp);

    private static bool IsTold(WorkloadDraft draft) =>
        draft.Variables.Any(variable => variable.Name is AddressVariable or "KC_HOSTNAME_URL")
        || draft.Command.OfType<Text>().Any(argument => argument.Content.Contains("--hostname", StringComparison.Ordinal));

    /// <summary>The path of its own, which its address has to have; null where it is known on AWS alone.</summary>
    private static string? PathOf(WorkloadDraft draft) =>
        draft.Variables.FirstOrDefault(variable => variable.Name == "KC_HTTP_RELATIVE_PATH")?.Value switch
        {
            null => "",
            Text { Content: var path } => path.Trim('/') is { Length: > 0 } own ? $"/{own}" : "",
            _ => null,
        };

    private static bool IsOlder(PublishedResource server) =>
        PublishedResource.ImageOf(server.Resource) is { } image
        && image.Split('@')[0].Split('/')[^1].Split(':') is [_, var tag]
        && int.TryParse(tag.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
        && version < FirstVersion;
}
