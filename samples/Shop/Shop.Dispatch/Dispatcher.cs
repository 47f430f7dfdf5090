using System.Globalization;
using System.Text;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Shop.Dispatch;

/// <summary>Sends what was ordered.</summary>
internal sealed class Dispatcher(NpgsqlDataSource database, IConnection messaging, ILogger<Dispatcher> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var channel = await messaging.CreateChannelAsync(cancellationToken: stoppingToken);
        await channel.QueueDeclareAsync("orders", durable: true, exclusive: false, autoDelete: false, cancellationToken: stoppingToken);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, message) =>
        {
            var id = long.Parse(Encoding.UTF8.GetString(message.Body.Span), CultureInfo.InvariantCulture);
            await using var update = database.CreateCommand("update orders set state = 'sent' where id = $1");
            update.Parameters.Add(new() { Value = id });
            await update.ExecuteNonQueryAsync(CancellationToken.None);
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false, CancellationToken.None);
            logger.LogInformation("Order {Order} is on its way", id);
        };
        await channel.BasicConsumeAsync("orders", autoAck: false, consumer, stoppingToken);
        await Task.Delay(Timeout.Infinite, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
