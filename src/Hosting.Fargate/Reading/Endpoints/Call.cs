using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>Who calls whom.</summary>
/// <param name="Client">Who calls.</param>
/// <param name="Connection">What is called.</param>
internal sealed record Call(string Client, Connection Connection);

/// <summary>Two of which one needs the other.</summary>
internal sealed record ClientAndServer(string Client, string Server);

/// <summary>A port of a service.</summary>
internal sealed record ServicePort(string Service, int ContainerPort);

/// <summary>A variable that somebody goes without.</summary>
internal sealed record MissingVariable(string Client, string Variable);
