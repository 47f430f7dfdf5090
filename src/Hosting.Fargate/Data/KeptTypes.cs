using Hosting.Fargate.Application;

namespace Hosting.Fargate.Data;

/// <summary>
/// What a foundation is made of that outlives it, in the order in which it is told and taken away: a new type is a line here.
/// </summary>
internal static class KeptTypes
{
    public static IReadOnlyList<KeptType> All { get; } =
    [new RepositoryType(), new QueueType(), new BucketType(), new TableType(), new FileSystemType(), new SecretType(), new LogGroupType()];

    /// <summary>What comes first of two types.</summary>
    public static int OrderOf(DataResource data) => All.TakeWhile(kept => kept.Type != data.Type).Count();

    public static KeptType? Of(string? type) => All.FirstOrDefault(kept => kept.Type == type);
}
