// A model of any number of services, to publish: each refers to the one before it, and every third faces the internet, for a load
// balancer takes a hundred rules. bench/Publish/cdk/lib/chain.js is its equal.
//   dotnet Publish.AppHost.dll publish --Services 150
using Hosting.Fargate;
using Microsoft.Extensions.Configuration;

var builder = DistributedApplication.CreateBuilder(FargateCommandLine.Parse(args));

builder.AddFargateEnvironment("chain");

EndpointReference? before = null;
for (var number = 1; number <= builder.Configuration.GetValue("Services", 10); number++)
{
    var service = builder.AddContainer($"service{number}", "public.ecr.aws/nginx/nginx", "1.27").WithHttpEndpoint(targetPort: 80);
    if (number % 3 == 1)
    {
        var route = $"/service{number}/*";
        service.WithExternalHttpEndpoints().WithHttpHealthCheck("/").PublishAsFargateService(options => options.WithRoute(path: route));
    }

    if (before is not null) service.WithReference(before);
    before = service.GetEndpoint("http");
}

builder.Build().Run();
