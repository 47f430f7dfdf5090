namespace Hosting.Fargate.Tests.Publishing;

/// <summary>What does not go together.</summary>
internal static class MatrixExclusions
{
    private static readonly string[] s_edges = ["CloudFront", "CloudFront, some countries", "CloudFront, every option"];

    /// <summary>Values that the reader refuses together, and the reason that it gives.</summary>
    public static IReadOnlyList<TemplateMatrix.Exclusion> All { get; } =
    [
        new(
            "outside of it (Capacity.External)",
            ("cache of AWS", ["plain", "limits", "a node", "nodes"]),
            ("capacity of the worker", ["external"])
        ),
        new(
            "outside of it (Capacity.External)",
            ("database of AWS", ["plain", "all", "restored", "MySQL", "SQL Server"]),
            ("capacity of the worker", ["external"])
        ),
        new("outside of it (Capacity.External)", ("cluster of AWS", ["MySQL", "every option"]), ("capacity of the worker", ["external"])),
        new("outside of it (Capacity.External)", ("broker of AWS", ["plain", "cluster"]), ("capacity of the worker", ["external"])),
        new("ECS Exec does not work with a read-only file system", ("shell", ["yes"]), ("root file system", ["read-only"])),
        new("reach no registry but ECR", ("network", ["endpoints"]), ("image", ["container"])),
        new("reach no registry but ECR", ("network", ["endpoints"]), ("sidecar", ["plain"])),
        new("reach no registry but ECR", ("network", ["endpoints"]), ("telemetry", ["unsaid"])),
        new(
            "reach no registry but ECR",
            ("network", ["endpoints"]),
            ("telemetry of the API", ["agent"]),
            ("telemetry", ["collector from ECR", "direct", "none"])
        ),
        new(
            "reach no registry but ECR",
            ("network", ["endpoints"]),
            ("telemetry of the API", ["collector"]),
            ("telemetry", ["agent from ECR", "direct", "none"])
        ),
        new(
            "reach no registry but ECR",
            ("network", ["endpoints"]),
            ("keys of the API", ["yes"]),
            ("keys of Data Protection", ["unsaid", "none"])
        ),
        new("shifts traffic as it deploys", ("sticky sessions", ["yes"]), ("deployment", ["blue/green", "canary", "linear"])),
        new("uses a network that exists", ("network", ["existing, public tasks", "existing"]), ("zones", ["three"])),
        new("uses a network that exists", ("network", ["existing, public tasks", "existing"]), ("flow logs", ["kept"])),
        new(
            "cannot have a public address",
            ("network", ["public", "existing, public tasks"]),
            ("capacity", ["instances of ECS", "instances of EC2"])
        ),
        new(
            "cannot have a public address",
            ("network", ["public", "existing, public tasks"]),
            ("capacity of the task", ["instances of ECS", "instances of EC2"])
        ),
        new("EphemeralStorage, which is Fargate's", ("disk", ["larger"]), ("capacity", ["instances of ECS", "instances of EC2"])),
        new("shifts traffic as it deploys", ("routes", ["two endpoints"]), ("deployment", ["blue/green", "canary", "linear"])),
        new(
            "shifts traffic as it deploys",
            ("deployment", ["blue/green", "canary", "linear"]),
            ("redirect", ["none"]),
            ("address", ["domain", "certificate"]),
            ("edge", ["none"])
        ),
        new("CloudFront answers on 443 alone", ("edge", s_edges), ("routes", ["port"])),
        new("without a domain CloudFront answers", ("edge", s_edges), ("address", ["none"]), ("routes", ["host", "two endpoints"])),
        new("which CloudFront serves", ("site", ["built in a container", "every option"]), ("edge", ["none"])),
        new("which CloudFront serves", ("site", ["built in a container", "every option"]), ("routes", ["port"])),
        new(
            "and CloudFront has no port for it",
            ("site", ["built in a container"]),
            ("edge", s_edges),
            ("address", ["certificate"]),
            ("routes", ["none"])
        ),
        new("which has no dead-letter queue", ("queue", ["no dead letters", "existing"]), ("access to the queue", ["dead letters"])),
        new(
            "External has neither Service Connect nor an address of its own",
            ("capacity of the worker", ["external"]),
            ("calls of the worker", ["cache"])
        ),
        new("where deploy does not know a machine to be there", ("task", ["once"]), ("capacity of the task", ["external"])),
    ];
}
