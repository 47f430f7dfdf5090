using Hosting.Fargate.Data;

namespace Hosting.Fargate.Policies;

/// <summary>What the verbs call themselves, beside what CloudFormation does for them.</summary>
internal static class DeployCalls
{
    /// <summary>
    /// What looks and changes nothing: for <c>plan</c>, <c>status</c>, <c>logs</c>, and the dashboard's page of what is deployed. A plan is
    /// a change set that is deleted again.
    /// </summary>
    public static IReadOnlyList<string> Reading { get; } =
    [
        "cloudformation:CreateChangeSet",
        "cloudformation:DeleteChangeSet",
        "cloudformation:DescribeChangeSet",
        "cloudformation:DescribeEvents",
        "cloudformation:DescribeStackEvents",
        "cloudformation:DescribeStacks",
        "cloudformation:GetTemplate",
        "cloudformation:ListStackResources",
        "cloudwatch:DescribeAlarms",
        "ecr:BatchGetImage",
        "ecr:DescribeImages",
        "ecr:GetAuthorizationToken",
        "ecr:GetDownloadUrlForLayer",
        "ecr:ListImages",
        "ecs:DescribeClusters",
        "ecs:DescribeServiceDeployments",
        "ecs:DescribeServices",
        "ecs:DescribeTaskDefinition",
        "ecs:DescribeTasks",
        "ecs:ListServiceDeployments",
        "ecs:ListServices",
        "ecs:ListTasks",
        "logs:DescribeLogStreams",
        "logs:GetLogEvents",
        "xray:GetTraceSegmentDestination",
        .. KeptTypes.All.Select(kept => kept.LookupAction).OfType<string>(),
    ];

    /// <summary>What is looked up besides where CloudFront is before the load balancer.</summary>
    public static IReadOnlyList<string> LookingUpEdge { get; } =
    ["ec2:DescribeAvailabilityZones", "ec2:DescribeManagedPrefixLists", "ec2:DescribeSubnets"];

    /// <summary>
    /// What <c>plan</c> and <c>status</c> look at besides where files are served: what is in the buckets, and the last release.
    /// </summary>
    public static IReadOnlyList<string> LookingUpSites { get; } = ["s3:GetObject", "s3:ListBucket"];

    /// <summary>What <c>deploy</c> does besides where files are served.</summary>
    public static IReadOnlyList<string> SwitchingSites { get; } = ["cloudfront:CreateInvalidation"];

    /// <summary>What <c>plan</c> puts where CloudFormation takes a template that does not go with a call.</summary>
    public static IReadOnlyList<string> PuttingTemplates { get; } = ["s3:GetObject", "s3:ListBucket", "s3:PutObject"];

    /// <summary>What <c>deploy</c>, <c>run</c> and <c>destroy</c> do besides.</summary>
    public static IReadOnlyList<string> Changing { get; } =
    [
        "cloudformation:ContinueUpdateRollback",
        "cloudformation:CreateStack",
        "cloudformation:DeleteStack",
        "cloudformation:ExecuteChangeSet",
        "cloudformation:UpdateStack",
        "ec2:DescribeAddresses",
        "ec2:DescribeVpcs",
        "servicequotas:GetServiceQuota",
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchDeleteImage",
        "ecr:CompleteLayerUpload",
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
        "ecs:DeregisterTaskDefinition",
        "ecs:ListTaskDefinitions",
        "ecs:RunTask",
        "ecs:StopTask",
        "ecs:TagResource",
        "ecs:UpdateService",
        "iam:CreateServiceLinkedRole",
        "s3:DeleteObject",
        "s3:DeleteObjectVersion",
        "s3:GetObject",
        "s3:ListBucket",
        "s3:ListBucketVersions",
        "s3:PutObject",
        "scheduler:GetSchedule",
        "scheduler:UpdateSchedule",
        "secretsmanager:DeleteSecret",
        "secretsmanager:GetSecretValue",
        "secretsmanager:PutSecretValue",
        "secretsmanager:RestoreSecret",
    ];
}
