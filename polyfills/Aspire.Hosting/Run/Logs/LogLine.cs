namespace Aspire.Hosting.ApplicationModel;

/// <summary>A line of a resource's log.</summary>
/// <param name="LineNumber">Counts from 1 for each resource.</param>
/// <param name="Content">The line, after the time it was written at.</param>
/// <param name="IsErrorMessage">Whether it came from standard error, or was logged as an error.</param>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);

/// <summary>Whether anybody watches a resource's log.</summary>
/// <param name="Name">The resource's name, or its replica's.</param>
/// <param name="AnySubscribers">Whether there is anybody.</param>
public readonly record struct LogSubscriber(string Name, bool AnySubscribers);
