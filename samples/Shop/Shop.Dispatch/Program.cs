using Shop.Dispatch;

var builder = Host.CreateApplicationBuilder(args);
builder.AddServiceDefaults();
builder.AddNpgsqlDataSource("order-db");
builder.AddRabbitMQClient("messaging");
builder.Services.AddHostedService<Dispatcher>();
builder.Build().Run();
