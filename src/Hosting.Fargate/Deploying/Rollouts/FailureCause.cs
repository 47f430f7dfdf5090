using System.Globalization;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Deploying.Rollouts;

/// <summary>
/// What most likely keeps a task from running, by the words of ECS. Sources:
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html,
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html
/// </summary>
internal static class FailureCause
{
    public static string? Of(TaskFailure failure, WorkloadFacts workload)
    {
        string[] said = [failure.StoppedReason, .. failure.Containers.Select(container => container.Reason).OfType<string>()];
        bool Says(params string[] words) =>
            words.Any(word => Array.Exists(said, text => text.Contains(word, StringComparison.OrdinalIgnoreCase)));
        var broken = failure.Containers.FirstOrDefault(container => container.ExitCode is not (null or 0));

        if (Says("CannotPull", "pull image", "pulling image", "failed to pull"))
        {
            return OfPull(workload, Says);
        }

        if (Says("EFS utils", "EFS volumes"))
        {
            return $"a file system of '{workload.Name}' cannot be mounted: "
                + (
                    Says("access denied", "AccessDenied") ? "its policy or the task's role does not let the task in."
                    : Says("No such file or directory") ? "what its volume names is not in it."
                    : "its mount targets are not there yet, or the security groups or the DNS of the VPC keep the task from them."
                );
        }

        // It begins with the words "unable to pull secrets or registry auth" in either case.
        if (Says("cannot pull registry auth", "ecr registry auth", "ecr:GetAuthorizationToken"))
        {
            return Says("AccessDenied", "not authorized")
                ? $"the execution role of '{workload.Name}' may not sign in to Amazon ECR (ecr:GetAuthorizationToken)."
                : $"there is no route to the registry: {Routes(workload.Network)}";
        }

        if (Says("secrets manager", "unable to pull secrets", "retrieve secret", "secretsmanager"))
        {
            return Says("AWSCURRENT", "can't find the specified secret", "ResourceNotFound")
                    ? $"a secret of '{workload.Name}' has no value. Deploy puts the values of secret parameters; one that was emptied by hand needs one again: "
                        + $"aws secretsmanager put-secret-value --secret-id {workload.Application}/NAME --secret-string file://FILE."
                : Says("AccessDenied", "not authorized")
                    ? $"the execution role of '{workload.Name}' may not read a secret, or not decrypt it with its key."
                : Says("json key") ? $"a secret of '{workload.Name}' has a value without the field that the task wants of it."
                : $"Secrets Manager cannot be reached: {Routes(workload.Network)}";
        }

        if (Says("log group does not exist", "failed to validate logger", "initialize logging driver"))
        {
            return "its log group is missing, or CloudWatch Logs cannot be reached.";
        }

        if (Says("Spot"))
        {
            return "AWS took its spare capacity back (Fargate Spot): ECS starts another task as soon as there is some again.";
        }

        if (Says("OutOfMemory") || broken?.ExitCode == 137)
        {
            var name = broken?.Name ?? workload.Main;
            var limit = workload.Memory.GetValueOrDefault(name);
            return Says("OutOfMemory") || failure.Log.Count == 0
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{name}' wanted more memory than the {limit} MiB it may have. Give the task more: .PublishAsFargateService(service => service.Memory = MIB)."
                )
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{name}' was killed: it took more than its {limit} MiB of memory, or did not stop in time when it was asked to."
                );
        }

        if (failure.Log.Any(line => line.Contains("exec format error", StringComparison.OrdinalIgnoreCase)) || Says("exec format error"))
        {
            return Architecture(workload);
        }

        if (Says("ELB health checks", "failed health checks", "target-group"))
        {
            return HealthCheck(workload.Service);
        }

        if (Says("container health check"))
        {
            return $"the health check of a container of '{workload.Name}' fails: does its command exist in the image? Chiseled .NET images have neither shell nor curl.";
        }

        if (Says("Capacity is unavailable", "RESOURCE:", "limit on the number of vCPUs", "quota"))
        {
            return "there is no room for the task: Fargate has no capacity in these zones now, or the account's quota of vCPUs is used up (Service Quotas, L-3032A538).";
        }

        if (Says("InsufficientFreeAddresses", "free addresses"))
        {
            return "the task's subnets have no free address left, of which each task takes one.";
        }

        if (Says("CannotStartContainer", "failed to create") && Says("permission denied"))
        {
            return $"the container of '{workload.Name}' cannot be started: the file of its entry point or command is not marked as a program (chmod +x, before it is copied into the image).";
        }

        if (Says("executable file not found", "no such file or directory", "CannotStartContainer", "failed to create"))
        {
            return $"the container of '{workload.Name}' cannot be started: its entry point or command names what is not in the image.";
        }

        return broken?.ExitCode switch
        {
            134 => $"'{broken.Name}' ended by an unhandled exception: see its log.",
            139 => $"'{broken.Name}' crashed (segmentation fault), most often in a native library.",
            143 => $"'{broken.Name}' was asked to stop and did.",
            { } code => string.Create(CultureInfo.InvariantCulture, $"'{broken.Name}' ended by itself with exit code {code}: see its log."),
            null when failure.Containers.Any(container => container.ExitCode == 0) =>
                $"'{workload.Name}' ended by itself, without an error: a service has to keep running. If it is to end, publish it with PublishAsFargateTask.",
            null => null,
        };
    }

    private static string OfPull(WorkloadFacts workload, Func<string[], bool> says)
    {
        bool Says(params string[] words) => says(words);
        const string Instead = "Name the image in ECR in its place, for example by a pull-through cache.";
        return Says("toomanyrequests", "rate limit", "too many requests", "429") ? $"the registry limits pulls. {Instead}"
            : Says("not authorized to perform", "403")
                ? $"the execution role of '{workload.Name}' may not pull this image. For an image in another account, its repository has to admit this one."
            : Says("anonymous token", "401", "docker login", "no basic auth credentials")
                ? $"its registry does not have the image, or lets nobody in without a password, and ECS has none. {Instead}"
            : Says("no space left")
                ? "the image does not fit on the disk of the task. Give it more (PublishAsFargateService(service => service.EphemeralStorage = GIB)), or make the image smaller."
            : Says("not found", "manifest unknown", "does not exist")
                ? "the image is not in its registry. Deploy again: an image that is missing is built and pushed anew."
            : Says("timeout", "timed out", "dial tcp", "no such host", "deadline exceeded", "connection", "network configuration")
                ? $"there is no route to the registry: {Routes(workload.Network)}"
            : Says("denied", "forbidden", "authorized", "permissions to pull")
                ? $"the execution role of '{workload.Name}' may not pull this image. For an image in another account, its repository has to admit this one."
            : Says("platform", "architecture", "no matching manifest") ? Architecture(workload)
            : "the image cannot be pulled.";
    }

    /// <summary>What a failing check of the load balancer means.</summary>
    /// <param name="service">The service.</param>
    /// <param name="codes">What the targets answered, where they did: <c>404</c>.</param>
    public static string? HealthCheck(ServiceSpec? service, string? codes = null)
    {
        if (service?.Routes is not [var route, ..])
        {
            return null;
        }

        var port = (service.Health.Port ?? route.Port).Number;
        return codes is null
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"nobody listens on port {port} of '{service.Name}', or it answers GET {service.Health.Path} too late ({service.Health.Timeout} s each, {service.Health.GraceSeconds} s of grace). "
            ) + "Does it listen on all addresses and not on localhost alone (ASPNETCORE_HTTP_PORTS)?"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"'{service.Name}' answers GET {service.Health.Path} on port {port} with {codes}, where {service.Health.SuccessCodes} is healthy. Name the right path: .WithHttpHealthCheck(\"/path\")."
            );
    }

    private static string Architecture(WorkloadFacts workload) =>
        $"the image is for another processor than the task, which runs on {workload.Processor}. Build it for that one, or choose the other.";

    private static string Routes(NetworkPlan? network) =>
        network switch
        {
            ExistingNetwork { PublicTasks: false } =>
                "the task's subnets need a NAT gateway or VPC endpoints; in public subnets a task needs a public address (publicTasks: true).",
            ExistingNetwork => "the task's subnets need a route to an internet gateway.",
            OwnNetwork { Tasks: TaskPlacement.PrivateWithEndpoints } =>
                "see that the endpoints of the VPC are there (ecr.api, ecr.dkr, s3, secretsmanager, logs), and that their security group admits the task's.",
            _ => "see that the route tables and the network ACLs of the VPC are as the template made them.",
        };
}
