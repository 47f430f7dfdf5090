namespace EndToEnd;

/// <summary>One application for the classes of a collection, which take turns at it: a start takes seconds and both cores.</summary>
[CollectionDefinition(Collection)]
public sealed class RunningApplication : IAsyncLifetime, ICollectionFixture<RunningApplication>
{
    public const string Collection = "The running application";

    internal ReferenceApplication Application { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Application = await ReferenceApplication.StartAsync();

    public ValueTask DisposeAsync() => Application.DisposeAsync();
}
