using Aspire.Hosting.ApplicationModel;

// In the namespace of the official package, which not every feed has: by its name the type is known.
namespace Aspire.Hosting.EntityFrameworkCore;

/// <summary>What AddEFMigrations adds: a container once it is published as a migration bundle, and nothing that runs before that.</summary>
internal sealed class EFMigrationResource(string name) : ContainerResource(name);
