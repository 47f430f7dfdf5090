namespace LocalAws.Storage;

/// <summary>What the configuration section <c>LocalAws</c> sets.</summary>
internal sealed class LocalAwsOptions
{
    /// <summary>The folder that holds queues and objects; relative to the content root.</summary>
    public string DataPath { get; set; } = ".localaws";

    /// <summary>Keeps everything in memory: nothing is written, nothing outlives the process.</summary>
    public bool InMemory { get; set; }
}
