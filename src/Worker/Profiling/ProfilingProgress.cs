namespace Worker.Profiling;

/// <summary>How far a profile is.</summary>
/// <param name="Bytes">Bytes of the file that have been read.</param>
/// <param name="Rows">Records after the header that have been profiled.</param>
internal readonly record struct ProfilingProgress(long Bytes, long Rows);
