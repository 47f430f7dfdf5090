namespace LocalAws.Storage;

/// <summary>The folder that holds the data, locked for as long as this process uses it.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string LockFile = "lock";

    private readonly FileStream _lock;

    /// <exception cref="StartupException">The folder is in use by another process or cannot be written.</exception>
    public DataFolder(string path)
    {
        Path = path;
        try
        {
            CreateForOwnerAlone(path);
            // The operating system releases the lock with the process, however that ends.
            _lock = new FileStream(System.IO.Path.Combine(path, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new StartupException(
                $"LocalAws cannot write its data folder '{path}': {exception.Message} Set LocalAws:DataPath to another folder, "
                    + "or LocalAws:InMemory to true."
            );
        }
        catch (IOException exception)
        {
            throw new StartupException(
                $"LocalAws cannot use its data folder '{path}': {exception.Message} If another LocalAws uses it, stop that one "
                    + "or set LocalAws:DataPath to another folder."
            );
        }
    }

    public string Path { get; }

    public void Dispose() => _lock.Dispose();

    // What others of this machine may not ask for at the endpoint they may not read here. A folder of an earlier run is closed too; one
    // that is not this program's is left as it is.
    private static void CreateForOwnerAlone(string path)
    {
        const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else if (!Directory.Exists(path))
            Directory.CreateDirectory(path, OwnerAlone);
        else if (File.Exists(System.IO.Path.Combine(path, LockFile)) || !Directory.EnumerateFileSystemEntries(path).Any())
            File.SetUnixFileMode(path, OwnerAlone);
    }
}
