using Npgsql;

var builder = Host.CreateApplicationBuilder(args);
builder.AddServiceDefaults();
builder.AddNpgsqlDataSource("order-db");
using var host = builder.Build();
var database = host.Services.GetRequiredService<NpgsqlDataSource>();

// It runs in each deploy, so all of it may be there already.
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
