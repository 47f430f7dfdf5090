using System.Net.Http.Headers;

namespace EndToEnd.Dashboard;

/// <summary>The stack of the reference application as somebody deployed it before: as little of it as there is to look at.</summary>
internal static class DeployedProfiler
{
    /// <summary>The address that the stack says the application has.</summary>
    public const string Url = "http://profiler.example.com";

    private const string Foundation = """
        { "Resources": { "Jobs": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "profiler-jobs" } } } }
        """;

    private const string Application = $$"""
        {
          "Resources": {
            "Cluster": { "Type": "AWS::ECS::Cluster", "Properties": { "ClusterName": "profiler" } },
            "ApiTaskDefinition": { "Type": "AWS::ECS::TaskDefinition", "Properties": {
              "Family": "profiler-api", "RequiresCompatibilities": ["FARGATE"], "NetworkMode": "awsvpc", "Cpu": "512", "Memory": "1024",
              "ContainerDefinitions": [ { "Name": "api", "Image": "example/api:1.0" } ] } },
            "ApiService": { "Type": "AWS::ECS::Service", "Properties": {
              "ServiceName": "api", "Cluster": { "Ref": "Cluster" }, "DesiredCount": 2,
              "TaskDefinition": { "Ref": "ApiTaskDefinition" } } },
            "WorkerTaskDefinition": { "Type": "AWS::ECS::TaskDefinition", "Properties": {
              "Family": "profiler-worker", "RequiresCompatibilities": ["FARGATE"], "NetworkMode": "awsvpc", "Cpu": "512", "Memory": "1024",
              "ContainerDefinitions": [ { "Name": "worker", "Image": "example/worker:1.0" } ] } },
            "WorkerService": { "Type": "AWS::ECS::Service", "Properties": {
              "ServiceName": "worker", "Cluster": { "Ref": "Cluster" }, "DesiredCount": 1,
              "TaskDefinition": { "Ref": "WorkerTaskDefinition" } } }
          },
          "Outputs": { "Url": { "Value": "{{Url}}" } }
        }
        """;

    /// <summary>Creates the stacks and returns once they are there.</summary>
    /// <param name="account">The address of the emulator of AWS.</param>
    public static async Task CreateAsync(string account)
    {
        using var http = new HttpClient { BaseAddress = new Uri(account) };
        await CallAsync(http, ("Action", "CreateStack"), ("StackName", "profiler-foundation"), ("TemplateBody", Foundation));
        await CallAsync(http, ("Action", "CreateStack"), ("StackName", "profiler"), ("TemplateBody", Application));
        using var deadline = new CancellationTokenSource(ReferenceApplication.Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (
            await CallAsync(http, ("Action", "DescribeStacks"), ("StackName", "profiler")) is var stack
            && !stack.Contains("CREATE_COMPLETE", StringComparison.Ordinal)
        )
        {
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    /// <summary>A call to CloudFormation: the emulator reads of a signature no more than which service it is for.</summary>
    private static async Task<string> CallAsync(HttpClient http, params (string Name, string Value)[] parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Content = new FormUrlEncodedContent([
                new("Version", "2010-05-15"),
                .. parameters.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value)),
            ]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "AWS4-HMAC-SHA256",
            $"Credential=test/20260101/{Testing.Fargate.EmulatedAws.Region}/cloudformation/aws4_request, SignedHeaders=host, Signature=0"
        );
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return text;
    }
}
