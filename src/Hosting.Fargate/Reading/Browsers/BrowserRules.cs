using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// What two tasks must share or a browser must stay with, for what one task does to work: a form, a login, a circuit of Blazor Server,
/// SignalR. A service is taken to serve browsers where it is a .NET project that the load balancer sends requests to; the options say
/// otherwise.
/// </summary>
internal static class BrowserRules
{
    /// <summary>
    /// How variables begin that builds of front ends put into what they send to browsers: of Vite, Next.js, Nuxt, Create React App, Vue
    /// CLI, Expo, Gatsby, Angular, and SvelteKit and Astro.
    /// </summary>
    private static readonly string[] s_ofBrowsers =
    [
        "VITE_",
        "NEXT_PUBLIC_",
        "NUXT_PUBLIC_",
        "REACT_APP_",
        "VUE_APP_",
        "EXPO_PUBLIC_",
        "GATSBY_",
        "NG_APP_",
        "PUBLIC_",
    ];

    /// <summary>
    /// What is in the name of a variable that is compared with what browsers say, or tells where to send them: of CORS, of OAuth and OpenID
    /// Connect, and of links that people follow.
    /// </summary>
    private static readonly string[] s_toBrowsers =
    [
        "allowedorigin",
        "corsorigin",
        "redirecturi",
        "redirecturl",
        "callbackurl",
        "callbackuri",
        "publicurl",
        "publicuri",
        "publicbaseurl",
        "publicendpoint",
        "publicorigin",
    ];

    public static bool IsForBrowsers(string? variable) =>
        variable is not null
        && (
            Array.Exists(s_ofBrowsers, prefix => variable.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            || variable.Replace("_", "", StringComparison.Ordinal) is var words
                && (
                    Array.Exists(s_toBrowsers, word => words.Contains(word, StringComparison.OrdinalIgnoreCase))
                    || words.StartsWith("cors", StringComparison.OrdinalIgnoreCase)
                )
        );

    private const string KeysFolder = "/data-protection-keys";

    /// <summary>A small image with a shell, from a registry without a login; the same as Docker Hub's. Both processors.</summary>
    private const string ShellImage = "public.ecr.aws/docker/library/busybox:1.37.0";

    /// <summary>
    /// What is read where it is set, and else leaves a program as it was: https://learn.microsoft.com/aspnet/core/host-and-deploy/web-farm.
    /// </summary>
    internal const string KeysVariable = "ReadOnlyDataProtectionKeyDirectory";

    public static string ImageOf(FargateEnvironmentResource environment) => environment.DataProtection.Image ?? ShellImage;

    /// <summary>The secret with the keys that all tasks of a service share; null where they share none.</summary>
    public static SecretSpec? KeysOf(
        PublishedResource resource,
        bool isExternal,
        FargateEnvironmentResource environment,
        bool reachesImage,
        Refusals refusals
    )
    {
        if (
            resource.Service is not { } service
            || !(
                service.DataProtectionKeys
                ?? (environment.DataProtection.Enabled && resource.IsProject && isExternal && resource.IsInNetwork && reachesImage)
            )
        )
        {
            return null;
        }

        if (!resource.IsInNetwork)
        {
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' sets DataProtectionKeys and runs on External, where deploy does not start its "
                    + "tasks anew as keys change. Take one of them away."
            );
        }
        else if (!reachesImage)
        {
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' sets DataProtectionKeys, which a container with the image "
                    + $"'{ImageOf(environment)}' writes for it, and tasks behind VPC endpoints reach no registry but ECR. Copy the image to "
                    + "ECR and name the copy (WithDataProtectionKeys(image: …)), or use WithPrivateTasks."
            );
        }

        return new SecretSpec(
            $"{resource.Name}-data-protection-keys",
            ValueFormat.AsIs,
            $"Keys of ASP.NET Core Data Protection that all tasks " + $"of {resource.Name} share",
            IsGenerated: true
        )
        {
            HoldsKeys = true,
        };
    }

    /// <summary>
    /// The container that writes the keys into a volume of the task and ends, before the container of the model starts: ECS gives a secret
    /// to a container as a variable alone, and Data Protection reads files. A file a key; the volume ends with the task.
    /// </summary>
    public static Container KeysContainer(SecretSpec keys, RegistryImage image) =>
        new()
        {
            Name = KeysVolume.Name,
            Image = image,
            Essential = false,
            EndsFirst = true,
            Memory = 32,
            EntryPoint = "/bin/sh",
            Command =
            [
                new Text("-c"),
                new Text(
                    $"set -eu; test -n \"$KEYS\"; i=0; printf '%s\\n' \"$KEYS\" | while read -r key; do "
                        + $"i=$((i+1)); printf '%s' \"$key\" > \"{KeysFolder}/key-$i.xml\"; done"
                ),
            ],
            Secrets = [new SecretVariable("KEYS", new WholeSecret(keys))],
            Mounts = [new Mount(KeysVolume.Name, KeysFolder, IsReadOnly: false)],
            Reason = "writes the keys that all tasks share where Data Protection reads them, and ends before the application starts",
        };

    public static Volume KeysVolume { get; } = new("data-protection-keys", FileSystem: null, Uid: 0, Gid: 0);

    public static Mount KeysMount { get; } = new(KeysVolume.Name, KeysFolder, IsReadOnly: true);

    public static EnvironmentVariable KeysFolderVariable { get; } = new(KeysVariable, new Text(KeysFolder));

    /// <summary>Whether the load balancer leads a browser to the same task each time.</summary>
    public static bool IsSticky(PublishedResource resource, bool isExternal, Refusals refusals)
    {
        var service = resource.Service!;
        if (service.StickySessions is true && !isExternal)
        {
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' sets StickySessions and has no external endpoint whose sessions those would "
                    + "be. Take it away, or use WithExternalHttpEndpoints."
            );
        }

        if (service is { StickySessions: true, Deployment: TrafficShiftDeployment })
        {
            // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#sticky-sessions: both
            // groups would have to stick, and ECS changes the weights of that rule.
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' sets StickySessions and shifts traffic as it deploys: browsers would stay with "
                    + "old tasks while traffic moves. Use DeploymentStrategy.Rolling, or take StickySessions away."
            );
        }

        return service.StickySessions ?? (isExternal && resource.IsProject && service.Deployment is not TrafficShiftDeployment);
    }

    /// <summary>What a project that serves browsers goes without, and why.</summary>
    public static IEnumerable<Notice> Notices(PublishedResource resource, ServiceSpec service, FargateEnvironmentResource environment)
    {
        if (!resource.IsProject || service.Routes.Length == 0)
        {
            yield break;
        }

        if (service.Deployment is TrafficShiftDeployment && resource.Service!.StickySessions is null)
        {
            yield return new Notice(
                service.Name,
                "has no sticky sessions, since it shifts traffic as it deploys: what keeps a browser's "
                    + "state in a task (Blazor Server, SignalR without a backplane) wants DeploymentStrategy.Rolling."
            );
        }

        if (service.Keys is null && resource.Service!.DataProtectionKeys is null && environment.DataProtection.Enabled)
        {
            yield return new Notice(
                service.Name,
                $"shares no keys of ASP.NET Core Data Protection among its tasks: the image that writes "
                    + $"them, '{ImageOf(environment)}', cannot be reached behind VPC endpoints. For logins and forms that work on every task, "
                    + "copy it to ECR and name the copy: WithDataProtectionKeys(image: …).",
                IsWarning: true
            );
        }
    }
}
