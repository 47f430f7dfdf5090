namespace Aspire.Hosting.Run;

/// <summary>A resource that cannot start; the message says why, in words for the person who wrote the model.</summary>
internal sealed class ResourceStartException(string message, Exception? innerException = null) : Exception(message, innerException);
