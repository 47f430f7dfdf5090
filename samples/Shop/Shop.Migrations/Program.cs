using Npgsql;

var builder = Host.CreateApplicationBuilder(args);
builder.AddServiceDefaults();
builder.AddNpgsqlDataSource("order-db");
using var host = builder.Build();
var database = host.Services.GetRequiredService<NpgsqlDataSource>();

// It runs in each deploy, so all of it may be there already. The database itself is made here, as EF Core's migrations do: Aspire makes it on a laptop alone.
var connection = new NpgsqlConnectionStringBuilder(builder.Configuration.GetConnectionString("order-db"));
var name = connection.Database!;
connection.Database = "postgres";
await using (var server = NpgsqlDataSource.Create(connection))
{
    await using var find = server.CreateCommand("select 1 from pg_database where datname = $1");
    find.Parameters.Add(new() { Value = name });
    if (await find.ExecuteScalarAsync() is null)
    {
        await using var create = server.CreateCommand($"create database \"{name}\"");
        await create.ExecuteNonQueryAsync();
    }
}

await using var command = database.CreateCommand(
    """
    create table if not exists orders (
        id bigint generated always as identity primary key,
        article text not null,
        count integer not null,
        price integer not null,
        state text not null)
    """
);
await command.ExecuteNonQueryAsync();
host.Services.GetRequiredService<ILogger<Program>>().LogInformation("The database is up to date");
