namespace LocalAws.Storage;

/// <summary>A reason not to start that its message explains in full to the person who started LocalAws.</summary>
internal sealed class StartupException(string message) : Exception(message);
