namespace Worker.Profiling;

/// <summary>The input is not a CSV file that can be profiled. The message says what is wrong, where, and what to do.</summary>
internal sealed class CsvFormatException(string message, Exception? innerException = null) : Exception(message, innerException);
