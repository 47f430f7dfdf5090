namespace Hosting.Fargate.Application;

/// <summary>What the tasks of a service may do with something, and the line of the model that says so.</summary>
internal abstract record Grant(string Reason);

/// <summary>An access to what holds data.</summary>
/// <param name="Data">What is accessed.</param>
/// <param name="Access">Its type's own flags, such as <see cref="QueueAccess"/>.</param>
/// <param name="Reason">The line of the model.</param>
internal sealed record DataGrant(DataResource Data, Enum Access, string Reason) : Grant(Reason);

/// <summary>A statement that the model writes itself.</summary>
internal sealed record StatementGrant(PolicyStatement Statement, string Reason) : Grant(Reason);
