using System.Text;
using Npgsql;
using RabbitMQ.Client;
using StackExchange.Redis;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddNpgsqlDataSource("order-db");
builder.AddRedisClient("price-cache");
builder.AddRabbitMQClient("messaging");

var app = builder.Build();
app.UseDefaultFiles();
app.UseStaticFiles();

app.MapGet("/api/orders", async (NpgsqlDataSource database, CancellationToken cancellationToken) =>
{
    await using var command = database.CreateCommand("select id, article, count, price, state from orders order by id desc limit 50");
    await using var reader = await command.ExecuteReaderAsync(cancellationToken);
    List<Order> orders = [];
    while (await reader.ReadAsync(cancellationToken))
    {
        orders.Add(new(reader.GetInt64(0), reader.GetString(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetString(4)));
    }

    return orders;
});

app.MapPost(
    "/api/orders",
    async (
        NewOrder order,
        NpgsqlDataSource database,
        IConnectionMultiplexer redis,
        IConnection messaging,
        CancellationToken cancellationToken
    ) =>
    {
        if (order is not { Article.Length: > 0 and <= 100, Count: > 0 and <= 1000 })
        {
            return Results.BadRequest("An order has an article of 1 to 100 characters, and a count of 1 to 1000.");
        }

        // What an article costs is worked out once, and known to all tasks from then on.
        var price = await redis.GetDatabase().StringGetAsync($"price:{order.Article}");
        if (price.IsNull)
        {
            price = 5 + (order.Article.Length * 3);
            await redis.GetDatabase().StringSetAsync($"price:{order.Article}", price, TimeSpan.FromHours(1));
        }

        await using var insert = database.CreateCommand(
            "insert into orders (article, count, price, state) values ($1, $2, $3, 'new') returning id"
        );
        insert.Parameters.Add(new() { Value = order.Article });
        insert.Parameters.Add(new() { Value = order.Count });
        insert.Parameters.Add(new() { Value = (int)price });
        var id = (long)(await insert.ExecuteScalarAsync(cancellationToken))!;

        await using var channel = await messaging.CreateChannelAsync(cancellationToken: cancellationToken);
        await channel.QueueDeclareAsync("orders", durable: true, exclusive: false, autoDelete: false, cancellationToken: cancellationToken);
        await channel.BasicPublishAsync(
            "",
            "orders",
            mandatory: true,
            new BasicProperties { Persistent = true },
            Encoding.UTF8.GetBytes($"{id}"),
            cancellationToken
        );
        return Results.Created($"/api/orders/{id}", new Order(id, order.Article, order.Count, (int)price, "new"));
    }
);

app.MapDefaultEndpoints();
app.MapFallbackToFile("index.html");
app.Run();

internal sealed record NewOrder(string Article, int Count);

internal sealed record Order(long Id, string Article, int Count, int Price, string State);
