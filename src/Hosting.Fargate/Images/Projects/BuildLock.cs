using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Images;

/// <summary>One build at a time in a folder: a second deploy from the same checkout waits for the first one's images.</summary>
internal static class BuildLock
{
    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(0.5);

    public static async Task<IDisposable> TakeAsync(string folder, ILogger logger, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var isSaid = false;
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (IsHeld(exception))
            {
                if (!isSaid)
                {
                    logger.LogInformation("Waiting for another deploy that builds images in {Folder}", folder);
                    isSaid = true;
                }

                await Task.Delay(s_wait, time, cancellationToken);
            }
        }
    }

    /// <summary>
    /// Whether another process has the file, and not a full disk or the like: EAGAIN of Linux, that of macOS, and the sharing violation of
    /// Windows.
    /// </summary>
    internal static bool IsHeld(IOException exception) => exception.HResult is 11 or 35 or unchecked((int)0x80070020);
}
