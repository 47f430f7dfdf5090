// The three projects of src/AppHost and what they need to start, with Aspire alone.
var builder = DistributedApplication.CreateBuilder(args);

var aws = builder.AddProject<Projects.LocalAws>("aws", options => options.ExcludeLaunchProfile = true)
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health")
    .WithoutHttpsCertificate()
    .WithEnvironment("LocalAws__DataPath", builder.Configuration["LocalAws:DataPath"]);
var address = ReferenceExpression.Create($"http://127.0.0.1:{aws.GetEndpoint("http").Property(EndpointProperty.Port)}");

var api = builder.AddProject<Projects.Api>("api").WithHttpHealthCheck("/health");
var worker = builder.AddProject<Projects.Worker>("worker");
foreach (var service in new[] { api, worker })
{
    service
        .WithoutHttpsCertificate()
        .WithEnvironment("Api__Key", "bench")
        .WithEnvironment("AWS_ENDPOINT_URL_SQS", address)
        .WithEnvironment("AWS_ENDPOINT_URL_S3", address)
        .WithEnvironment("AWS_REGION", "us-east-1")
        .WithEnvironment("AWS_ACCESS_KEY_ID", "local")
        .WithEnvironment("AWS_SECRET_ACCESS_KEY", "local")
        .WithEnvironment("AWS__Resources__datasets__BucketName", "datasets")
        .WithEnvironment("AWS__Resources__jobs__QueueUrl", ReferenceExpression.Create($"{address}/000000000000/jobs"));
    if (builder.Configuration["Start:Waits"] is "true") service.WaitFor(aws);
}

builder.Build().Run();
