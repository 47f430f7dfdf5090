using Hosting.Fargate.Aws;

namespace Hosting.Fargate.Data;

/// <summary>File systems as the account has them. AWS gives them ids, and no name to find one by again.</summary>
internal sealed class FileSystemType : KeptType
{
    public const string Name = "AWS::EFS::FileSystem";

    public override string Type => Name;

    public override string? NameProperty => null;

    public override string TagProperty => "FileSystemTags";

    public override string Tell(string physicalId) => $"file system {physicalId} with its files";

    public override Task<KeptResource?> FindAsync(AwsClients aws, AwsAccount account, string name, CancellationToken cancellationToken) =>
        Task.FromResult<KeptResource?>(new KeptResource(("FileSystemId", name), $"file system {name}"));
}
