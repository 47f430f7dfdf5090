using Hosting.Fargate;
using Shop.AppHost;

var builder = DistributedApplication.CreateBuilder(FargateCommandLine.Parse(args));

// The one line that is there for Amazon ECS. With CloudFront it has HTTPS without a domain.
builder.AddFargateEnvironment("shop").WithCloudFront();

// Containers here; published RDS, ElastiCache and Amazon MQ.
var orders = builder.AddPostgres("postgres").WithDataVolume().AddDatabase("order-db");
var prices = builder.AddRedis("price-cache").WithDataVolume();
var messaging = builder.AddRabbitMQ("messaging").WithDataVolume();

var migrations = builder.AddProject<Projects.Shop_Migrations>("migrations")
    .WithReference(orders).WaitFor(orders);

// Here a development server; published, files that the api serves.
var storefront = builder.AddStorefront("storefront", "../storefront");

var api = builder.AddProject<Projects.Shop_Api>("api")
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithReference(orders)
    .WithReference(prices).WaitFor(prices)
    .WithReference(messaging).WaitFor(messaging)
    .WaitForCompletion(migrations)
    .PublishWithContainerFiles(storefront, "./wwwroot");

storefront.WithReference(api).WaitFor(api);

builder.AddProject<Projects.Shop_Office>("back-office")
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithReference(orders)
    .WaitForCompletion(migrations);

builder.AddProject<Projects.Shop_Dispatch>("dispatch")
    .WithReference(orders)
    .WithReference(messaging).WaitFor(messaging)
    .WaitForCompletion(migrations);

builder.Build().Run();
