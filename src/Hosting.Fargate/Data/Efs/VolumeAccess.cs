namespace Hosting.Fargate.Data;

/// <summary>What a workload does with a volume, by how it mounts it.</summary>
[Flags]
internal enum VolumeAccess
{
    Read = 1,
    Write = 2,
    ReadWrite = Read | Write,
}
