namespace FargateEmulator.Tests;

/// <summary>Templates: those that publish is held to, and a small one.</summary>
internal static class Templates
{
    public const string Reference = "reference-application";

    private static readonly string s_golden = Path.Combine(Root(), "tests", "Hosting.Fargate.Tests", "Publishing", "Golden");

    /// <summary>A golden template of the publisher.</summary>
    public static string Golden(string model, string file) => File.ReadAllText(Path.Combine(s_golden, model, file));

    /// <summary>A template without the comments for people: a call takes 51,200 bytes.</summary>
    public static string WithoutComments(string template) =>
        string.Join('\n', template.Split('\n').Where(line => !line.TrimStart().StartsWith('#')));

    /// <summary>An image by digest.</summary>
    public static string Image(char digit) => $"123456789012.dkr.ecr.us-east-1.amazonaws.com/app@sha256:{new string(digit, 64)}";

    /// <summary>A cluster, and a log group, a task definition and a service for each name; Image is a parameter.</summary>
    public static string Services(params string[] names)
    {
        var resources = new JsonObject { ["Cluster"] = Resource("AWS::ECS::Cluster", new JsonObject { ["ClusterName"] = "small" }) };
        foreach (var name in names)
        {
            var id = char.ToUpperInvariant(name[0]) + name[1..];
            resources[$"{id}Logs"] = Resource("AWS::Logs::LogGroup", new JsonObject { ["LogGroupName"] = $"/small/{name}" });
            resources[$"{id}Task"] = Resource(
                "AWS::ECS::TaskDefinition",
                JsonNode
                    .Parse(
                        $$"""
                        {
                          "Family": "small-{{name}}", "RequiresCompatibilities": ["FARGATE"], "NetworkMode": "awsvpc", "Cpu": "256", "Memory": "512",
                          "ContainerDefinitions": [{
                            "Name": "{{name}}", "Image": { "Ref": "Image" }, "Essential": true,
                            "LogConfiguration": { "LogDriver": "awslogs", "Options": { "awslogs-group": { "Ref": "{{id}}Logs" }, "awslogs-region": { "Ref": "AWS::Region" }, "awslogs-stream-prefix": "{{name}}" } }
                          }]
                        }
                        """
                    )!
                    .AsObject()
            );
            resources[$"{id}Task"]!["UpdateReplacePolicy"] = "Retain";
            resources[$"{id}Task"]!["DeletionPolicy"] = "Delete";
            resources[$"{id}Service"] = Resource(
                "AWS::ECS::Service",
                JsonNode
                    .Parse(
                        $$"""
                        {
                          "ServiceName": "{{name}}", "Cluster": { "Ref": "Cluster" }, "TaskDefinition": { "Ref": "{{id}}Task" },
                          "CapacityProviderStrategy": [{ "CapacityProvider": "FARGATE", "Weight": 1 }],
                          "DeploymentConfiguration": { "DeploymentCircuitBreaker": { "Enable": true, "Rollback": true } },
                          "NetworkConfiguration": { "AwsvpcConfiguration": { "Subnets": ["subnet-1"], "AssignPublicIp": "ENABLED" } }
                        }
                        """
                    )!
                    .AsObject()
            );
        }

        return new JsonObject
        {
            ["Parameters"] = new JsonObject { ["Image"] = new JsonObject { ["Type"] = "String" } },
            ["Resources"] = resources,
        }.ToJsonString();
    }

    private static JsonObject Resource(string type, JsonObject properties) => new() { ["Type"] = type, ["Properties"] = properties };

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Aspire.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests do not run from inside the repository.");
        }

        return folder.FullName;
    }
}
