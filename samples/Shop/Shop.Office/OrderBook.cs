using Npgsql;

namespace Shop.Office;

/// <summary>The orders, as the office sees them.</summary>
internal sealed class OrderBook(NpgsqlDataSource database)
{
    public async Task<IReadOnlyList<(long Id, string Text)>> ReadAsync()
    {
        await using var command = database.CreateCommand(
            "select id, count || ' x ' || article || ': ' || state from orders order by id desc limit 50"
        );
        await using var reader = await command.ExecuteReaderAsync();
        List<(long, string)> orders = [];
        while (await reader.ReadAsync())
        {
            orders.Add((reader.GetInt64(0), reader.GetString(1)));
        }

        return orders;
    }

    public async Task CancelAsync(long id)
    {
        await using var command = database.CreateCommand("update orders set state = 'cancelled' where id = $1");
        command.Parameters.Add(new() { Value = id });
        await command.ExecuteNonQueryAsync();
    }
}
