using Hosting.Fargate;

var builder = DistributedApplication.CreateBuilder(FargateCommandLine.Parse(args));

// Where projects run when the model is published: Amazon ECS, as the CloudFormation stack "profiler".
builder.AddFargateEnvironment("profiler");

var apiKey = builder.AddParameter("api-key", new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true);

// When the application runs here, queue and bucket live in the emulator; published, they are Amazon SQS and S3.
builder.AddAwsEmulator<Projects.LocalAws>("aws");
var datasets = builder.AddS3Bucket("datasets");
var jobs = builder.AddSqsQueue("jobs")
    .WithDeadLetterQueue(maxReceives: 3)
    .WithVisibilityTimeout(TimeSpan.FromMinutes(1));

builder.AddProject<Projects.Api>("api")
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithoutHttpsCertificate()
    .WithReference(datasets, BucketAccess.ReadWrite | BucketAccess.Delete)
    .WithReference(jobs, QueueAccess.Send)
    .WithEnvironment("Api__Key", apiKey)
    .WaitFor(datasets)
    .WaitFor(jobs)
    .PublishAsFargateService(service =>
    {
        service.Scale(minimum: 2, maximum: 10).OnCpu(percent: 60).OnRequests(perTargetAndMinute: 1000);
        // A request may wait for its result, 60 s at most, and the load balancer sees an answer that took as long.
        service.SlowAnswer = TimeSpan.FromSeconds(75);
    });

builder.AddProject<Projects.Worker>("worker")
    .WithoutHttpsCertificate()
    .WithReference(datasets, BucketAccess.ReadWrite | BucketAccess.Delete)
    .WithReference(jobs, QueueAccess.Consume)
    .WaitFor(datasets)
    .WaitFor(jobs)
    .PublishAsFargateService(service => service.Scale(minimum: 1, maximum: 10).OnBacklog(jobs, messagesPerTask: 10));

builder.Build().Run();
