namespace LocalAws.Storage;

/// <summary>The folder that holds the data, locked for as long as this process uses it.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    /// <exception cref="StartupException">The folder is in use by another process or cannot be written.</exception>
    public DataFolder(string path)
    {
        Path = path;
        try
        {
            Directory.CreateDirectory(path);
            // The operating system releases the lock with the process, however that ends.
            _lock = new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new StartupException(
                $"LocalAws cannot write its data folder '{path}': {exception.Message} Set LocalAws:DataPath to another folder, "
                + "or LocalAws:InMemory to true.");
        }
        catch (IOException exception)
        {
            throw new StartupException(
                $"LocalAws cannot use its data folder '{path}': {exception.Message} If another LocalAws uses it, stop that one "
                + "or set LocalAws:DataPath to another folder.");
        }
    }

    public string Path { get; }

    public void Dispose() => _lock.Dispose();
}
