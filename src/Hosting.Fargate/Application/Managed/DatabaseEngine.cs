using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Hosting.Fargate.Application;

/// <summary>What RDS runs, and what it asks of names and passwords.</summary>
/// <param name="Name">As RDS calls it.</param>
/// <param name="Title">As people call it.</param>
internal sealed partial record DatabaseEngine(string Name, string Title)
{
    public static IReadOnlyList<DatabaseEngine> All => [Postgres, MySql, SqlServer];

    /// <summary>What has it, for people.</summary>
    public string Service { get; init; } = "RDS";

    public required int Port { get; init; }

    /// <summary>The name in <see cref="Reading.KnownImages"/> of what a container of it is made of.</summary>
    public required string KnownAs { get; init; }

    /// <summary>What adds it to a model.</summary>
    public required string AddedBy { get; init; }

    /// <summary>The version where neither the model nor the image says one that RDS has.</summary>
    public required string DefaultVersion { get; init; }

    /// <summary>How many numbers of a version are the major one, which minor upgrades do not change.</summary>
    public int MajorNumbers { get; init; } = 1;

    /// <summary>The major versions that RDS has; none where it has all that are.</summary>
    public ImmutableArray<string> MajorVersions { get; init; } = [];

    /// <summary>
    /// The version that a major one is made with, where AWS takes no major one alone. Upgrades within it follow by themselves.
    /// </summary>
    public FrozenDictionary<string, string> MinorVersions { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>The versions whose images are tagged otherwise, by the tag.</summary>
    public FrozenDictionary<string, string> ImageVersions { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>
    /// The major versions of which cfn-lint knows that RDS takes them alone, and takes them: it warns of the others. None of an engine of
    /// which it knows minor ones alone.
    /// </summary>
    public ImmutableArray<string> MajorsKnownToLint { get; init; } = [];

    /// <summary>The smallest instance class that the newest versions run on.</summary>
    public required string DefaultClass { get; init; }

    /// <summary>What RDS calls its licence; null where there is one alone.</summary>
    public string? License { get; init; }

    /// <summary>Whether a second server can stand by.</summary>
    public bool HasStandby { get; init; } = true;

    /// <summary>Whether RDS has replicas of it.</summary>
    public bool HasReplicas { get; init; } = true;

    /// <summary>Whether RDS makes a database with a server.</summary>
    public bool MakesDatabase { get; init; } = true;

    /// <summary>The first user of a container, where RDS has another; null where they are the same.</summary>
    public string? ModelUser { get; init; }

    /// <summary>The first user in its place.</summary>
    public string? MasterUser { get; init; }

    /// <summary>The sizes of burstable classes that Database Insights is not for.</summary>
    public ImmutableArray<string> SizesWithoutInsights { get; init; } = [];

    /// <summary>
    /// The logs that go to CloudWatch:
    /// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html.
    /// </summary>
    public required ImmutableArray<string> Logs { get; init; }

    /// <summary>https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html.</summary>
    public required int LongestPassword { get; init; }

    /// <summary>The databases that a server has from the beginning.</summary>
    public required ImmutableArray<string> OwnDatabases { get; init; }

    /// <summary>The image with its client, where the model's own is built.</summary>
    public required string ClientImage { get; init; }

    /// <summary>What asks for TLS in a connection string.</summary>
    public required ImmutableArray<string> ConnectionStringTls { get; init; }

    /// <summary>What addresses begin with that have a parameter for TLS.</summary>
    public required ImmutableArray<string> AddressSchemes { get; init; }

    /// <summary>What asks for TLS in an address.</summary>
    public required ImmutableArray<string> AddressTls { get; init; }

    /// <summary>Whether parameters of an address are its query, behind a question mark; else each is behind a semicolon.</summary>
    public bool HasQueries { get; init; } = true;

    public required string PricingPage { get; init; }

    /// <summary>What makes databases in it.</summary>
    public required DatabaseClient Client { get; init; }

    /// <summary>What RDS has of it, and not of what else is made from it: a page.</summary>
    public required string Extensions { get; init; }

    /// <summary>What it lacks of the engine that a container is, in a sentence; null for nothing worth a word.</summary>
    public string? Limits { get; init; }

    /// <summary>What neither a user nor a database may be called.</summary>
    public required FrozenSet<string> Reserved { get; init; }

    /// <summary>
    /// The family of parameters of a major version, and the one of them without which it takes connections without TLS; null where its
    /// defaults refuse them.
    /// </summary>
    public required Func<string, (string Family, string Parameter)?> TlsParameterOf { get; init; }

    /// <summary>What that parameter is, where TLS is wanted.</summary>
    public string TlsValue { get; init; } = "1";

    /// <summary>
    /// How many connections a class takes by its memory in bytes; null where they have no end worth an alarm.
    /// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.MaxConnections.
    /// </summary>
    public required Func<long, long?> ConnectionsOf { get; init; }

    /// <returns>Null for what RDS does not run here.</returns>
    public static DatabaseEngine? Named(string? name) =>
        All.Append(AuroraEngines.Postgres).Append(AuroraEngines.MySql).FirstOrDefault(engine => engine.Name == name);

    /// <summary>The major version of a version: what upgrades within it do not change.</summary>
    public string MajorOf(string version) => string.Join('.', version.Split('.').Take(MajorNumbers));

    /// <inheritdoc cref="TlsParameterOf"/>
    public (string Family, string Parameter)? TlsParameter(string version) => TlsParameterOf(MajorOf(version));

    /// <summary>
    /// Whether Database Insights, with what Performance Insights had, is for an instance class; for 7 days it costs nothing:
    /// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DatabaseInsights.Engines.html.
    /// </summary>
    public bool HasInsights(string instanceClass) =>
        instanceClass.Split('.') is not ["db", ['t', ..], var size] || !SizesWithoutInsights.Contains(size);

    /// <summary>
    /// Whether a name is one that RDS takes for a user, as far as names go: the first letter, the signs, the length, the words of its own.
    /// </summary>
    public bool IsUserName(string name) => name.Length is > 0 and <= 16 && IsName(name);

    /// <summary>Whether RDS itself can make a database of a name.</summary>
    public bool IsDatabaseName(string name) =>
        ManagedDatabase.DatabaseName().IsMatch(name) && IsName(name) && !OwnDatabases.Contains(name, StringComparer.OrdinalIgnoreCase);

    private bool IsName(string name) =>
        char.IsAsciiLetter(name[0])
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_')
        && !Reserved.Contains(name)
        && !name.StartsWith("pg_", StringComparison.OrdinalIgnoreCase);
}
