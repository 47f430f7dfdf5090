using System.Collections.Immutable;

namespace Hosting.Fargate.Reading;

/// <summary>What the program of a public image needs of ECS, where the model says nothing.</summary>
/// <param name="Name">What it is called, and the word by which images made from it are known.</param>
/// <param name="Repositories">Where it is, without the registry: copies in other registries end alike. <c>bitnami/*</c> means all in a
/// folder.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Source">What was read of it.</param>
internal sealed record KnownImage(string Name, ImmutableArray<string> Repositories, ImageKind Kind, string Source)
{
    /// <summary>
    /// The user and group that its files belong to, where it sets or checks their owner as it starts. Null where it does neither, as what
    /// runs as root does: any user is right then, and on EFS everything is read and written as the user of the access point.
    /// </summary>
    public (int Uid, int Gid)? User { get; init; }

    /// <summary>The same of its images that are built on Alpine Linux.</summary>
    public (int Uid, int Gid)? AlpineUser { get; init; }

    /// <summary>CPU units of a task, where the usual ones are too few.</summary>
    public int? Cpu { get; init; }

    /// <summary>Memory of a task in MiB, where the usual is too little.</summary>
    public int? Memory { get; init; }

    /// <summary>The page that says how much it wants, where it is another.</summary>
    public string SizeSource { get; init; } = Source;

    /// <summary>A folder that it has more than data in, and the folder within that the data is in; null where they are the same.</summary>
    public (string Folder, string Data)? DataWithin { get; init; }

    /// <summary>
    /// The variable, and the option, that say which database has its data, with what they say where that is a file of its own. Null for
    /// what has its data in files whatever is said.
    /// </summary>
    public (string Variable, string Option, string OwnFile)? DataElsewhere { get; init; }

    /// <summary>Whether people log in at it, by a browser that other services send there.</summary>
    public bool IsForLogins { get; init; }

    /// <summary>Whether it asks nobody who they are, by its makers' word.</summary>
    public bool AsksNobody { get; init; }

    /// <summary>What AWS runs in its place; null where there is no such thing.</summary>
    public string? Managed { get; init; }

    /// <summary>The same, in the words of a notice.</summary>
    public string ManagedService => Managed is null ? "a managed service" : $"a managed service, such as {Managed}";

    /// <summary>
    /// The page on which its makers say that its files may not be on NFS, as those on EFS are; null where they say nothing like it.
    /// </summary>
    public string? UnsupportedOnNfs { get; init; }

    /// <summary>
    /// Variables without which its data is not found again, since a task has another host name each time; or without which it does not
    /// start on Fargate.
    /// </summary>
    public ImmutableArray<(string Name, string Value)> Environment { get; init; } = [];

    /// <summary>
    /// The variable by which it makes a database as it starts for the first time. Null where it has none such: then a program of the model
    /// makes it.
    /// </summary>
    public string? DatabaseVariable { get; init; }

    /// <summary>Whether a database is there once something is written to it.</summary>
    public bool MakesDatabasesItself { get; init; }

    /// <summary>The port that it listens on, where <see cref="HealthCheck"/> asks it.</summary>
    public int Port { get; init; }

    /// <summary>
    /// How the image itself says that it takes connections, without a password; null where it cannot be said for every version of it.
    /// </summary>
    public ContainerHealthCheck? HealthCheck { get; init; }

    /// <summary>Whether it is of use without files of its own, as a broker that hands on and keeps nothing.</summary>
    public bool MayKeepNothing { get; init; }

    /// <summary>Whether its data is lost with its files, which are to be of one task at a time.</summary>
    public bool KeepsData => Kind is ImageKind.Database or ImageKind.Broker or ImageKind.Store;

    /// <summary>The image where another program in it runs than its server.</summary>
    public KnownImage AsCommand() =>
        this with
        {
            Kind = ImageKind.Tool,
            Port = 0,
            HealthCheck = null,
            Memory = null,
            Cpu = null,
            IsForLogins = false,
            AsksNobody = false,
        };

    /// <param name="reference">The image's name, with its tag.</param>
    public (int Uid, int Gid)? UserOf(string reference) =>
        AlpineUser is { } alpine && reference[(reference.LastIndexOf('/') + 1)..].Contains("alpine", StringComparison.OrdinalIgnoreCase)
            ? alpine
            : User;
}

internal enum ImageKind
{
    /// <summary>Data in files that are changed in place, with locks.</summary>
    Database,

    /// <summary>Messages that are kept until they are taken.</summary>
    Broker,

    /// <summary>Objects or documents in files of their own.</summary>
    Store,

    /// <summary>What can be had again.</summary>
    Cache,

    /// <summary>Something else, whose files are settings and the like.</summary>
    Tool,
}
