namespace LocalAws.Tests.Emulators;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("localaws-tests-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
