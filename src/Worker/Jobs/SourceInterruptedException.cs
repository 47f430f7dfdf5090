namespace Worker.Jobs;

/// <summary>The uploaded file stopped coming. Its message is for the caller; what the network or AWS said is within.</summary>
internal sealed class SourceInterruptedException(string message, Exception innerException) : IOException(message, innerException);
