using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// The AWS services that tasks without a way to the internet reach by an interface endpoint. Source:
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
/// </summary>
internal static class InterfaceEndpoints
{
    /// <summary>The names of the services that this application calls, as endpoints have them.</summary>
    public static IReadOnlyList<string> Of(FargateApplication application)
    {
        List<string> services = ["ecr.api", "ecr.dkr", "logs"];
        if (application.Secrets.Length > 0 || application.Workloads.Any(workload => workload.SecretVariables.Any()))
        {
            services.Add("secretsmanager");
        }

        services.AddRange(OfData(application).Select(endpoint => endpoint.Service));

        if (application.Services.Any(service => service.EnableExec))
        {
            services.Add("ssmmessages");
        }

        if (application.Workloads.Any(workload => workload.Telemetry != Telemetry.None))
        {
            services.AddRange(["monitoring", "xray"]);
        }

        return services;
    }

    public static string Reason(FargateApplication application, string service) =>
        OfData(application).FirstOrDefault(endpoint => endpoint.Service == service)?.Reason
        ?? service switch
        {
            "ecr.api" or "ecr.dkr" => "tasks pull their images",
            "logs" => "tasks write their logs",
            "secretsmanager" => "tasks get their secrets",
            "ssmmessages" => "EnableExec opens a channel",
            _ => "tasks send telemetry",
        };

    private static IEnumerable<DataEndpoint> OfData(FargateApplication application) =>
        application.Data.Select(data => data.Endpoint).OfType<DataEndpoint>().Where(endpoint => !endpoint.IsGateway).Distinct();
}
