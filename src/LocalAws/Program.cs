// Filled in by the commits that follow.
await Task.CompletedTask;
