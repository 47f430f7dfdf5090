using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hosting.Fargate.Reading;

/// <summary>
/// What the model itself says to the program of a server: arguments and variables beside those that the package of the server gives it.
/// </summary>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Variables">The names of its variables, and the text of those that have one.</param>
/// <param name="Volumes">What its volumes are called on AWS: the same for all checkouts.</param>
internal sealed record ServerSettings(
    IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, string?> Variables,
    IReadOnlyList<string> Volumes
)
{
    /// <summary>
    /// What packages of Aspire say, of which AWS has what there is to have: users, passwords, licences, where the data is, how one logs in.
    /// </summary>
    private static readonly HashSet<string> s_ofPackages = new(StringComparer.Ordinal)
    {
        "ACCEPT_EULA",
        "GARNET_PASSWORD",
        "MSSQL_SA_PASSWORD",
        "MYSQL_ROOT_PASSWORD",
        "PGDATA",
        "POSTGRES_HOST_AUTH_METHOD",
        "POSTGRES_PASSWORD",
        "POSTGRES_USER",
        "RABBITMQ_DEFAULT_PASS",
        "RABBITMQ_DEFAULT_USER",
        "RABBITMQ_NODENAME",
        "REDIS_PASSWORD",
        "VALKEY_PASSWORD",
    };

    /// <summary>
    /// Those that packages make of the parameters of <c>AddPostgres(name, userName, password)</c> and the like: text in their place is of
    /// the model itself, which the server on AWS does not hear of.
    /// </summary>
    private static readonly HashSet<string> s_logins = new(StringComparer.Ordinal)
    {
        "MSSQL_SA_PASSWORD",
        "MYSQL_ROOT_PASSWORD",
        "POSTGRES_PASSWORD",
        "RABBITMQ_DEFAULT_PASS",
    };

    /// <summary>The options by which packages say a password and how often to save, with the number of values that follow each.</summary>
    private static readonly Dictionary<string, int> s_optionsOfPackages = new(StringComparer.Ordinal)
    {
        ["--auth"] = 1,
        ["--checkpointdir"] = 1,
        ["--password"] = 1,
        ["--protected-mode"] = 1,
        ["--requirepass"] = 1,
        ["--save"] = 2,
        ["--aof"] = 0,
        ["--aof-commit-freq"] = 1,
        ["--recover"] = 0,
    };

    /// <summary>The variables by which an image makes a database: the first of them that has a text names it.</summary>
    private static readonly string[] s_databases = ["POSTGRES_DB", "MYSQL_DATABASE"];

    /// <summary>Whether a variable is the password by which one logs in.</summary>
    public static bool IsLogin(string variable) => s_logins.Contains(variable);

    /// <summary>The database that the image makes as a variable says; null for none.</summary>
    public string? Database => s_databases.Select(name => Variables.GetValueOrDefault(name)).FirstOrDefault(name => name is not null);

    /// <summary>The variables that say something of which AWS knows nothing.</summary>
    public IEnumerable<string> Others =>
        Variables
            .Where(variable => !s_databases.Contains(variable.Key) && variable is not { Key: "RABBITMQ_DEFAULT_VHOST", Value: "/" })
            .Select(variable => variable.Key)
            .Order(StringComparer.Ordinal);

    public static IEnumerable<ContainerMountAnnotation> MountsOf(IResource resource) =>
        resource.Annotations.OfType<ContainerMountAnnotation>().Where(mount => mount.Type == ContainerMountType.BindMount);

    /// <summary>Whether a mount is a folder of this machine that has the data.</summary>
    public static bool IsOfData(ContainerMountAnnotation mount, ContainerResource resource) =>
        SourceMounts.IsOfData(mount, KnownServers.Find(resource));

    /// <summary>Such folders, in words.</summary>
    public static IEnumerable<string> DataFoldersOf(ContainerResource resource) =>
        MountsOf(resource)
            .Where(mount => IsOfData(mount, resource))
            .Select(mount => $"data of the folder '{Path.GetFileName(mount.Source!.TrimEnd('/', '\\'))}'");

    /// <summary>Asks the callbacks of the model. One that fails says so where its container is read, and nothing here.</summary>
    public static async Task<ServerSettings> ReadAsync(
        ContainerResource resource,
        DistributedApplicationExecutionContext executionContext,
        CancellationToken cancellationToken
    )
    {
        var environment = new EnvironmentCallbackContext(executionContext, resource, cancellationToken: cancellationToken)
        {
            Logger = NullLogger.Instance,
        };
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await CallAsync(() => annotation.Callback(environment));
        }

        var arguments = new CommandLineArgsCallbackContext([], resource, cancellationToken)
        {
            ExecutionContext = executionContext,
            Logger = NullLogger.Instance,
        };
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            await CallAsync(() => annotation.Callback(arguments));
        }

        return new ServerSettings(
            [.. OwnOf([.. arguments.Args.Select(argument => argument as string ?? "…")])],
            environment
                .EnvironmentVariables.Where(variable => !IsOfPackage(variable.Key, variable.Value))
                .ToDictionary(variable => variable.Key, variable => TextOf(variable.Value), StringComparer.Ordinal),
            [
                .. resource
                    .Annotations.OfType<ContainerMountAnnotation>()
                    .Where(mount => mount is { Type: ContainerMountType.Volume, Source: not null })
                    .Select(mount => VolumeNames.From(executionContext).Of(mount.Source!)),
            ]
        );
    }

    private static string? TextOf(object value) =>
        value switch
        {
            string text => text,
            ReferenceExpression { IsConditional: false, ValueProviders.Count: 0 } expression => expression.Format,
            _ => null,
        };

    /// <summary>How a database is set up says how one logs in, where the package says it, and its locale, where the model does.</summary>
    private static bool IsOfPackage(string name, object value) =>
        (s_ofPackages.Contains(name) && (TextOf(value) is null || !s_logins.Contains(name)))
        || (
            name == "POSTGRES_INITDB_ARGS"
            && TextOf(value)?.Split(' ').All(word => word.StartsWith("--auth", StringComparison.Ordinal) || word == "--data-checksums")
                == true
        );

    /// <summary>
    /// Packages of caches start their program by a shell, <c>-c "redis-server --requirepass $REDIS_PASSWORD"</c>: what the model has beyond
    /// that.
    /// </summary>
    private static IEnumerable<string> OwnOf(string[] arguments)
    {
        if (arguments is not ["-c", var command, .. var more] || !command.Contains("erver", StringComparison.Ordinal))
        {
            return arguments;
        }

        List<string> own = [];
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..];
        for (var i = 0; i < words.Length; i++)
        {
            if (s_optionsOfPackages.TryGetValue(words[i], out var values))
            {
                i += values;
            }
            else
            {
                own.Add(words[i]);
            }
        }

        return [.. own, .. more];
    }

    private static async Task CallAsync(Func<Task> callback)
    {
        try
        {
            await callback();
        }
        catch (Exception exception) when (exception is not OperationCanceledException) { }
    }
}
