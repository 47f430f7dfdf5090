using Aspire.Hosting;
using Aws.CloudFormation;

namespace Hosting.Fargate;

/// <summary>What a service and a task that runs once have in common on ECS. What is not set is as the package's README says.</summary>
[AspireExport(ExposeProperties = true, ExposeMethods = true)]
public abstract class FargateWorkload
{
    private protected FargateWorkload() { }

    /// <summary>
    /// CPU units of a task, 1024 to a virtual CPU: 256, 512, 1024, 2048, 4096, 8192, 16384 or 32768. Unless set, 512 where a sidecar or
    /// Service Connect rides along and 256 where neither does.
    /// </summary>
    public int? Cpu { get; set; }

    /// <summary>Memory of a task in MiB, in the steps that Fargate has for its CPU. Unless set, twice the CPU units.</summary>
    public int? Memory { get; set; }

    /// <summary>The processor. Unless set, that of the image's build options, else x64.</summary>
    public Architecture? Architecture { get; set; }

    /// <summary>Disk of a task in GiB, 21 to 200; 20, which is free, unless set.</summary>
    public int? EphemeralStorage { get; set; }

    /// <summary>What the tasks run on; Fargate on demand unless set.</summary>
    [AspireExportIgnore(Reason = "A value of a class: useFargateSpot, useManagedInstances, useEc2 and useExternal.")]
    public Capacity Capacity { get; set; } = Capacity.Fargate;

    /// <summary>
    /// How long a task has between being told to stop and being killed: whole seconds, 2 to 120. Above the time that the application
    /// takes to stop: a .NET host's shutdown timeout is 30 s, that of ServiceDefaults 45 s.
    /// </summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How many days the log is kept: one of the numbers that CloudWatch Logs has (1, 3, 5, 7, 14, 30, 60, 90 … 3653).</summary>
    public int LogRetentionDays { get; set; } = 30;

    /// <summary>The way of traces and metrics to CloudWatch; the environment's unless set.</summary>
    public Telemetry? Telemetry { get; set; }

    /// <summary>Whether the container's own file system is read-only. ECS Exec does not work with it.</summary>
    public bool ReadonlyRootFilesystem { get; set; }

    /// <summary>The user of the container, <c>uid</c> or <c>uid:gid</c>; the image's unless set.</summary>
    public string? User { get; set; }

    /// <summary>
    /// Whether an argument may hold a secret, for a program that takes it in no other way. Everybody who may describe the task definition
    /// reads it then; a variable, which ECS fills from Secrets Manager, is the better way wherever there is one.
    /// </summary>
    public bool AllowSecretArguments { get; set; }

    /// <summary>How ECS asks in the container whether it works; not at all unless set.</summary>
    [AspireExportIgnore(Reason = "A record: checkContainer.")]
    public ContainerHealthCheck? ContainerHealthCheck { get; set; }

    /// <summary>Environment variables that are there on AWS alone. Text only: a secret belongs in the model.</summary>
    public IDictionary<string, string> Environment { get; } = new Dictionary<string, string>();

    /// <summary>Tags beside those of the environment.</summary>
    public IDictionary<string, string> Tags { get; } = new Dictionary<string, string>();

    internal List<PolicyStatement> Statements { get; } = [];

    internal List<Sidecar> Sidecars { get; } = [];

    internal Dictionary<string, (int Uid, int Gid)> VolumeOwners { get; } = [];

    internal List<Action<IReadOnlyCollection<TemplateResource>>> Customizations { get; } = [];

    /// <summary>Lets the application do more on AWS than its references say: a statement in the role of its tasks.</summary>
    /// <param name="actions">The actions, such as <c>dynamodb:GetItem</c>.</param>
    /// <param name="resources">The ARNs; <c>${AWS::AccountId}</c>, <c>${AWS::Region}</c> and <c>${AWS::Partition}</c> are replaced.</param>
    /// <param name="reason">Why, for the reader of the template; required where a resource is <c>*</c>.</param>
    public void Allow(IEnumerable<string> actions, IEnumerable<string> resources, string? reason = null)
    {
        ArgumentNullException.ThrowIfNull(actions);
        ArgumentNullException.ThrowIfNull(resources);
        Statements.Add(new PolicyStatement([.. actions], [.. resources], reason));
    }

    /// <summary>Adds a container beside the application's.</summary>
    /// <param name="name">Its name in the task: letters, digits, hyphens.</param>
    /// <param name="image">Its image, with a tag or digest.</param>
    /// <param name="configure">Sets its options.</param>
    public void AddSidecar(string name, string image, Action<Sidecar>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(image);
        var sidecar = new Sidecar(name, image);
        configure?.Invoke(sidecar);
        Sidecars.Add(sidecar);
    }

    /// <summary>
    /// Says as whom the files of a volume are read and written; 1000:1000 unless said (1654:1654, .NET's <c>app</c>, for a project).
    /// </summary>
    /// <param name="volume">The volume's name in the model.</param>
    /// <param name="uid">The user.</param>
    /// <param name="gid">The group.</param>
    public void OwnVolume(string volume, int uid, int gid)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(volume);
        ArgumentOutOfRangeException.ThrowIfNegative(uid);
        ArgumentOutOfRangeException.ThrowIfNegative(gid);
        VolumeOwners[volume] = (uid, gid);
    }

    /// <summary>
    /// Changes the CloudFormation resources of this service or task before they are checked and written: the last resort.
    /// </summary>
    [AspireExportIgnore(Reason = "Templates are objects of C# alone.")]
    public void Configure(Action<IReadOnlyCollection<TemplateResource>> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Customizations.Add(configure);
    }
}

/// <summary>A statement that the model adds to the role of a service's tasks.</summary>
internal sealed record PolicyStatement(IReadOnlyList<string> Actions, IReadOnlyList<string> Resources, string? Reason);
