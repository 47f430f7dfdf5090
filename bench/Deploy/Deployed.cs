namespace Bench.Deploy;

/// <summary>A deploy that was run.</summary>
/// <param name="Elapsed">From the start of its process to its exit.</param>
/// <param name="Pushed">What it says it has pushed, an image each.</param>
internal sealed record Deployed(TimeSpan Elapsed, string Pushed = "");
