using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Deploying.Images;

/// <summary>One build at a time in a folder: a second deploy from the same checkout waits for the first one's images.</summary>
internal static class BuildLock
{
    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(0.5);

    public static async Task<IDisposable> TakeAsync(string folder, ILogger logger, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var isSaid = false;
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (exception.GetType() == typeof(IOException))
            {
                if (!isSaid)
                {
                    logger.LogInformation("Waiting for another deploy that builds images in {Folder}", folder);
                    isSaid = true;
                }

                await Task.Delay(s_wait, cancellationToken);
            }
        }
    }
}
