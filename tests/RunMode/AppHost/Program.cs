var builder = DistributedApplication.CreateBuilder(args);

var password = builder.AddParameter("password", "hunter2-of-the-test", secret: true);

// Ends only when it has to, and leaves a grandchild that must end too.
var backend = builder.AddExecutable("backend", "/bin/sh", ".", "-c", "sleep 1000 & echo backend is up; wait");

builder.AddProject<Projects.RunMode_Web>("web")
    .WithReplicas(2)
    .WithEnvironment("PASSWORD", password)
    .WithHttpHealthCheck("/health")
    .WaitFor(backend);

builder.AddExecutable("job", "/bin/sh", ".", "-c", "echo the job failed >&2; exit 4");

builder.Build().Run();
