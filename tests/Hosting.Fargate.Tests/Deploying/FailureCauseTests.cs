using Aspire.Hosting;
using Hosting.Fargate.Deploying.Rollouts;
using Hosting.Fargate.Tests.Publishing;

namespace Hosting.Fargate.Tests.Deploying;

/// <summary>What keeps a task from running, in a sentence, from the words of ECS.</summary>
public sealed class FailureCauseTests
{
    /// <summary>
    /// Words of ECS, most of them from https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html.
    /// </summary>
    [Theory]
    [InlineData(
        "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref x: not found",
        null,
        null,
        "not in its registry"
    )]
    [InlineData(
        "CannotPullContainerError: ref pull has been retried 5 time(s): failed to copy: httpReadSeeker: dial tcp 52.1.2.3:443: i/o timeout",
        null,
        null,
        "no route to the registry"
    )]
    [InlineData("CannotPullContainerError: pull access denied: 403 Forbidden", null, null, "may not pull")]
    [InlineData(
        "CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/arm64'",
        null,
        null,
        "another processor"
    )]
    [InlineData(
        "CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref ghcr.io/a/b:latest: failed to authorize: failed to fetch anonymous token: 401 Unauthorized",
        null,
        null,
        "lets nobody in without a password"
    )]
    [InlineData(
        "CannotPullContainerError: pull access denied for a/b, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
        null,
        null,
        "does not have the image, or"
    )]
    [InlineData(
        "CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReadSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/a/b/manifests/sha256:1: 429 Too Many Requests",
        null,
        null,
        "limits pulls"
    )]
    [InlineData(
        "CannotPullContainerError: failed to extract layer: write /usr/lib/x: no space left on device: unknown",
        null,
        null,
        "EphemeralStorage"
    )]
    [InlineData("CannotPullImageManifestError: Error response from daemon: manifest unknown", null, null, "not in its registry")]
    [InlineData(
        "CannotPullContainerError: The task can't pull the image. Check that the role has the permissions to pull images from the registry.",
        null,
        null,
        "may not pull"
    )]
    [InlineData(
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 5 time(s): RequestError: send request failed caused by: Post https://api.ecr.eu-west-1.amazonaws.com/",
        null,
        null,
        "no route to the registry"
    )]
    [InlineData(
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: retrieved secret from Secrets Manager did not contain json key password",
        null,
        null,
        "without the field"
    )]
    [InlineData(
        "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: Failed to resolve \"fs-1.efs.eu-west-1.amazonaws.com\" : unsuccessful EFS utils command execution; code: 1",
        null,
        null,
        "mount targets"
    )]
    [InlineData(
        "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: b'mount.nfs4: mounting fs-1:/data failed, reason given by server: No such file or directory' : unsuccessful EFS utils command execution; code: 32",
        null,
        null,
        "what its volume names"
    )]
    [InlineData("Your Spot Task was interrupted.", 137, null, "Fargate Spot")]
    [InlineData(
        "CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task: exec: \"/app/start.sh\": permission denied: unknown",
        null,
        null,
        "chmod +x"
    )]
    [InlineData("CannotPullContainerError: toomanyrequests: You have reached your pull rate limit", null, null, "limits pulls")]
    [InlineData(
        "ResourceInitializationError: unable to pull secrets or registry auth: ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
        null,
        null,
        "has no value"
    )]
    [InlineData(
        "ResourceInitializationError: unable to pull secrets or registry auth: AccessDeniedException: User is not authorized to perform secretsmanager:GetSecretValue",
        null,
        null,
        "may not read a secret"
    )]
    [InlineData(
        "ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR.",
        null,
        null,
        "no route to the registry"
    )]
    [InlineData(
        "ResourceInitializationError: unable to pull secrets or registry auth: AccessDeniedException: User is not authorized to perform: ecr:GetAuthorizationToken",
        null,
        null,
        "may not sign in"
    )]
    [InlineData(
        "ResourceInitializationError: unable to retrieve secret from asm: There is a connection issue between the task and AWS Secrets Manager",
        null,
        null,
        "cannot be reached"
    )]
    [InlineData(
        "ResourceInitializationError: failed to validate logger args: The task cannot find the Amazon CloudWatch log group: log group does not exist",
        null,
        null,
        "log group"
    )]
    [InlineData(
        "Essential container in task exited",
        137,
        "OutOfMemoryError: Container killed due to memory usage",
        "more memory than the"
    )]
    [InlineData("Essential container in task exited", 134, null, "unhandled exception")]
    [InlineData("Essential container in task exited", 139, null, "segmentation fault")]
    [InlineData("Essential container in task exited", 1, null, "exit code 1")]
    [InlineData("Essential container in task exited", 0, null, "PublishAsFargateTask")]
    [InlineData(
        "Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:x)",
        null,
        null,
        "nobody listens on port 8080"
    )]
    [InlineData("Capacity is unavailable at this time. Please try again later or in a different availability zone", null, null, "no room")]
    [InlineData("CannotStartContainerError: executable file not found in $PATH", null, null, "entry point")]
    public async Task EachReasonHasACauseThatSaysWhatToDo(string stopped, int? exitCode, string? reason, string expected)
    {
        var shop = await Published.ModelAsync(builder => builder.AddWeb("api").WithExternalHttpEndpoints());
        var api = shop.Application.Services.Single();
        var failure = new TaskFailure
        {
            TaskId = "0123",
            TaskDefinition = "shop-api:2",
            StoppedReason = stopped,
            Containers = [new ContainerEnd("api", exitCode, reason)],
        };

        Assert.Contains(expected, FailureCause.Of(failure, WorkloadFacts.Of(shop.Application, api)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AHealthCheckThatIsAnsweredWrongNamesPathAndAnswer()
    {
        var shop = await Published.ModelAsync(builder => builder.AddWeb("api").WithExternalHttpEndpoints().WithHttpHealthCheck("/health"));
        Assert.Contains(
            "answers GET /health on port 8080 with 404",
            FailureCause.HealthCheck(shop.Application.Services.Single(), "404"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void AFailureShowsCauseReasonContainersAndTheEndOfTheLog()
    {
        var failure = new TaskFailure
        {
            TaskId = "0123",
            TaskDefinition = "shop-api:2",
            StoppedReason = "Essential container in task exited",
            Containers = [new ContainerEnd("api", 134, null), new ContainerEnd("agent", null, null)],
            Log = ["one", "two\n"],
            LogOf = "api",
            Cause = "it threw.",
        };

        Assert.Equal(
            [
                "Likely cause: it threw.",
                "task 0123 (shop-api:2) stopped: Essential container in task exited",
                "  container api: exit code 134 (aborted: in .NET an unhandled exception)",
                "  the last 2 lines of api:",
                "  | one",
                "  | two",
            ],
            failure.Lines()
        );
    }
}
