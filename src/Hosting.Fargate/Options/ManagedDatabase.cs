using System.Text.RegularExpressions;
using Aspire.Hosting;

namespace Hosting.Fargate;

/// <summary>What RDS is told of a database server, whether it is an instance or a cluster of Aurora.</summary>
[AspireExport(ExposeProperties = true, ExposeMethods = true)]
public abstract partial class ManagedDatabase
{
    private string? _engineVersion;
    private int _backupDays = 7;
    private string? _initialDatabase;
    private string? _restoreFrom;

    private protected ManagedDatabase() { }

    /// <summary>
    /// The version of the server, such as <c>17</c> or <c>17.6</c>. Unless set, the major version of the container's image where AWS has
    /// it, with the minor version that AWS has for it.
    /// </summary>
    /// <exception cref="ArgumentException">No version.</exception>
    public string? EngineVersion
    {
        get => _engineVersion;
        set =>
            _engineVersion =
                value is null || Version().IsMatch(value)
                    ? value
                    : throw new ArgumentException(
                        $"{nameof(EngineVersion)} is as 17 or 17.6 is, and '{value}' is not.",
                        nameof(EngineVersion)
                    );
    }

    /// <summary>
    /// Whether a deploy may take the server to another major version, which there is no way back from. It is refused unless set:
    /// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html.
    /// </summary>
    public bool AllowMajorVersionUpgrade { get; set; }

    /// <summary>
    /// For how many days one can go back to any second, 0 to 35; 7 unless set, 0 for no backups. Aurora has them always: 1 to 35.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 to 35, or 1 to 35.</exception>
    public int BackupDays
    {
        get => _backupDays;
        set => _backupDays = InRange(value, LeastBackupDays, 35, nameof(BackupDays));
    }

    /// <summary>
    /// The database that RDS makes with the server; unless set the first of the model (<c>AddDatabase</c>) that needs nothing but a name.
    /// To RDS another one is another server: say here what it was where the first of the model is renamed, moved or taken away.
    /// </summary>
    /// <exception cref="ArgumentException">Not a letter with up to 62 letters, digits and underscores behind it.</exception>
    public string? InitialDatabase
    {
        get => _initialDatabase;
        set =>
            _initialDatabase =
                value is null || DatabaseName().IsMatch(value)
                    ? value
                    : throw new ArgumentException(
                        $"{nameof(InitialDatabase)} begins with a letter, has letters, digits and underscores, 63 at the most: '{value}' does not.",
                        nameof(InitialDatabase)
                    );
    }

    /// <summary>
    /// Whether each database of the model (<c>AddDatabase</c>) has a user of its own, who owns it and may do nothing in any other; not
    /// unless set. Deploy makes up a password for each, and a task makes the users. Who refers to a database has its user; who refers to
    /// the server has the first one, which may do all.
    /// </summary>
    public bool UserPerDatabase { get; set; }

    /// <summary>
    /// The name or ARN of a snapshot that the server is made from, with the user and the databases that are in it, and the password of the
    /// model. To set it, change it or take it away makes another server: leave it where it is once it is deployed. Aurora takes the
    /// snapshot of an instance too, by its ARN alone.
    /// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html,
    /// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbcluster.html
    /// </summary>
    /// <exception cref="ArgumentException">No name or ARN of a snapshot.</exception>
    public string? RestoreFrom
    {
        get => _restoreFrom;
        set =>
            _restoreFrom =
                value is null || Snapshot().IsMatch(value)
                    ? value
                    : throw new ArgumentException(
                        $"{nameof(RestoreFrom)} is the name of a snapshot, such as shop-2026 or rds:shop-2026-11-29, or its ARN: '{value}' is neither.",
                        nameof(RestoreFrom)
                    );
    }

    /// <summary>
    /// Whether RDS refuses to delete the server, so that it stays where somebody deletes the stack by other means; it does unless this is
    /// false. <c>destroy --data</c> lifts that itself, as does a deploy that is told <c>--allow-data-loss</c> of this server:
    /// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html.
    /// </summary>
    public bool DeletionProtection { get; set; } = true;

    private protected abstract int LeastBackupDays { get; }

    private protected static int InRange(int value, int least, int most, string name) =>
        value >= least && value <= most ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is {least} to {most}.");

    [GeneratedRegex(@"\A[0-9]+(?:\.[0-9A-Za-z_-]+)*\z")]
    private static partial Regex Version();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_]{0,62}\z")]
    internal static partial Regex DatabaseName();

    [GeneratedRegex(
        @"\A(?:(?:rds:)?[A-Za-z](?:-?[A-Za-z0-9])*|arn:aws[a-z-]*:rds:[a-z0-9-]+:[0-9]{12}:(?:cluster-)?snapshot:[A-Za-z0-9:-]+)\z"
    )]
    private static partial Regex Snapshot();
}
