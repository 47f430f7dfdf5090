using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Data;

namespace Hosting.Fargate.Policies;

/// <summary>
/// The ARNs of an application, as far as its names say them: those of its own resources, and of no other application's whose name begins
/// alike. The account is left open, for a template does not know it; the region too where the model names none.
/// </summary>
internal sealed class ApplicationNames
{
    private readonly FargateApplication _application;
    private readonly IReadOnlyList<Template> _templates;
    private readonly string _partition;
    private readonly string _region;
    private readonly TemplateNames _inTemplates;

    public ApplicationNames(FargateApplication application, IReadOnlyList<Template> templates)
    {
        _application = application;
        _templates = templates;
        _partition = ConsoleLinks.PartitionOf(application.Region);
        _region = application.Region ?? "*";
        _inTemplates = new TemplateNames(application, templates, _region);
    }

    /// <summary>The role of a service of AWS's own.</summary>
    public string ServiceLinkedRoles => $"arn:{_partition}:iam::*:role/aws-service-role/*";

    /// <summary>The log group of spans, of all applications of an account and region.</summary>
    public string Spans => Regional("logs", "log-group:aws/spans*");

    /// <summary>The ARN of a managed policy of AWS's.</summary>
    public string ManagedPolicy(string name) => $"arn:{_partition}:iam::aws:policy/{name}";

    /// <summary>The ARN of a bucket.</summary>
    public string Bucket(string name) => $"arn:{_partition}:s3:::{name}";

    /// <summary>The ARNs of what an action's resource type is here; none for a type that no application has.</summary>
    /// <param name="service">The prefix of the action: <c>ecs</c>.</param>
    /// <param name="type">The type by the service authorization reference: <c>cluster</c>.</param>
    public IEnumerable<string> Of(string service, string type) =>
        (service, type) switch
        {
            ("cloudformation", "stack") =>
            [
                Regional("cloudformation", $"stack/{_application.Name}/*"),
                Regional("cloudformation", $"stack/{_application.FoundationName}/*"),
                .. _application.HasEdgeStack ? [Edge("cloudformation", $"stack/{_application.EdgeName}/*")] : Array.Empty<string>(),
                .. _inTemplates.Of("AWS::CloudFormation::Stack", "", 128).Select(name => Regional("cloudformation", $"stack/{name}/*")),
            ],
            ("ecr", "repository") => [Regional("ecr", $"repository/{_application.Name}/*")],
            ("secretsmanager", "Secret") => [Regional("secretsmanager", $"secret:{_application.Name}/*")],
            ("s3", "bucket") => Buckets(),
            ("s3", "object") => Buckets().Select(bucket => $"{bucket}/*"),
            ("iam", "role") => _inTemplates.Of("AWS::IAM::Role", "RoleName", 64).Select(name => $"arn:{_partition}:iam::*:role/{name}"),
            ("iam", "instance-profile") => _inTemplates
                .Of("AWS::IAM::InstanceProfile", "InstanceProfileName", 128)
                .Select(name => $"arn:{_partition}:iam::*:instance-profile/{name}"),
            ("logs", "log-group") => [Regional("logs", $"log-group:{LogGroups}*")],
            ("logs", "log-stream") => [Regional("logs", $"log-group:{LogGroups}*")],
            ("cloudwatch", "alarm") =>
            [
                .. _inTemplates
                    .Of(
                        _templates.Where(template => template.StackName != _application.EdgeName),
                        "AWS::CloudWatch::Alarm",
                        "AlarmName",
                        255
                    )
                    .Select(name => Regional("cloudwatch", $"alarm:{name}")),
                .. _inTemplates
                    .Of(
                        _templates.Where(template => template.StackName == _application.EdgeName),
                        "AWS::CloudWatch::Alarm",
                        "AlarmName",
                        255
                    )
                    .Select(name => Edge("cloudwatch", $"alarm:{name}")),
                .. _application.Services.Any(service => service.Scaling is not null)
                    ? [Regional("cloudwatch", $"alarm:TargetTracking-service/{_application.Name}/*")]
                    : Array.Empty<string>(),
            ],
            ("cloudwatch", "dashboard") => [$"arn:{_partition}:cloudwatch::*:dashboard/{_application.Name}"],
            ("ecs", "cluster") => [Regional("ecs", $"cluster/{_application.Name}")],
            ("ecs", "service" or "task" or "service-deployment") => [Regional("ecs", $"{type}/{_application.Name}/*")],
            ("ecs", "task-definition") => _application.Definitions.Select(workload =>
                Regional("ecs", $"task-definition/{_application.Name}-{workload.Name}:*")
            ),
            ("ecs", "capacity-provider") =>
            [
                .. _inTemplates.Of("AWS::ECS::CapacityProvider", "Name", 255).Select(name => Regional("ecs", $"capacity-provider/{name}")),
                .. new[] { "FARGATE", "FARGATE_SPOT" }
                    .Concat(
                        _application
                            .Workloads.Select(workload => workload.Capacity)
                            .OfType<Ec2Capacity>()
                            .Select(ec2 => ec2.CapacityProvider)
                            .Distinct()
                    )
                    .Select(name => Regional("ecs", $"capacity-provider/{name}")),
            ],
            ("elasticache", "serverlesscache") => _application
                .Caches.Where(cache => cache.Serverless is not null)
                .Select(cache => Regional("elasticache", $"serverlesscache:{cache.CacheName}")),
            ("elasticache", "user" or "usergroup") => _application.Caches.Select(cache =>
                Regional("elasticache", $"{type}:{cache.CacheName}")
            ),
            ("elasticache", "replicationgroup" or "subnetgroup") => CacheNodes.Select(name => Regional("elasticache", $"{type}:{name}")),
            ("elasticache", "cluster") => CacheNodes.Select(name => Regional("elasticache", $"cluster:{name}-*")),
            ("elasticache", "parametergroup") when CacheNodes.Any() => [Regional("elasticache", "parametergroup:default.*")],
            ("mq", "brokers") => _application.Brokers.Select(broker => Regional("mq", $"broker:{broker.BrokerName}:*")),
            ("rds", "db") => _inTemplates.LowerCase("AWS::RDS::DBInstance", 63).Select(name => Regional("rds", $"db:{name}")),
            ("rds", "subgrp") => _inTemplates.LowerCase("AWS::RDS::DBSubnetGroup", 255).Select(name => Regional("rds", $"subgrp:{name}")),
            ("rds", "cluster") => _inTemplates.LowerCase(DatabaseTypes.Cluster, 63).Select(name => Regional("rds", $"cluster:{name}")),
            ("rds", "cluster-pg") when HasAurora => _inTemplates
                .LowerCase("AWS::RDS::DBClusterParameterGroup", 255)
                .Append("default*")
                .Select(name => Regional("rds", $"cluster-pg:{name}")),
            ("rds", "global-cluster") when HasAurora => [$"arn:{_partition}:rds::*:global-cluster:*"],
            ("rds", "snapshot" or "cluster-snapshot") => Snapshots(type),

            // An instance without a group of its own has a default one, which is asked for too:
            // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/security_iam_id-based-policy-examples-create-and-modify-examples.html.
            ("rds", "pg") when _application.Databases.Length > 0 => _inTemplates
                .LowerCase("AWS::RDS::DBParameterGroup", 255)
                .Append("default*")
                .Select(name => Regional("rds", $"pg:{name}")),
            ("rds", "og") when _application.Databases.Length > 0 => [Regional("rds", "og:default*")],
            ("scheduler", "schedule") => _inTemplates
                .Of("AWS::Scheduler::Schedule", "Name", 64)
                .Select(name => Regional("scheduler", $"schedule/default/{name}")),
            ("route53", "hostedzone") => HasDnsNamespace ? [$"arn:{_partition}:route53:::hostedzone/*"]
            : _application.Ingress.HostedZoneId is { } zone ? [$"arn:{_partition}:route53:::hostedzone/{zone}"]
            : [],
            ("route53", "change") => [$"arn:{_partition}:route53:::change/*"],
            ("lambda", "function") => _application.Secrets.Select(secret => secret.Rotation?.FunctionArn).OfType<string>(),
            ("wafv2", "webacl") =>
            [
                .. _application.Ingress.WebAclArn is { } webAcl ? [webAcl] : Array.Empty<string>(),
                .. _application.Ingress.ManagedWebAcl is null ? Array.Empty<string>() : [WebAcls($"webacl/{_application.Name}/*")],
            ],

            // Whoever makes a web ACL with rules of AWS's is asked for these too.
            ("wafv2", "managedruleset") when _application.Ingress.ManagedWebAcl is not null => [WebAcls("managedruleset/*/*")],
            ("wafv2", "loadbalancer/app/") => [Regional("elasticloadbalancing", "loadbalancer/app/*")],

            ("cloudfront", "function") => _inTemplates
                .Of("AWS::CloudFront::Function", "Name", 64)
                .Select(name => $"arn:{_partition}:cloudfront::*:function/{name}"),

            // CloudFormation makes up these ids, or AWS does.
            ("cloudfront", "distribution" or "vpcorigin" or "response-headers-policy" or "origin-access-control") =>
                _application.HasDistribution ? [$"arn:{_partition}:cloudfront::*:{type}/*"] : [],
            ("acm", "certificate") =>
            [
                Regional("acm", "certificate/*"),
                .. _application is { HasEdgeStack: true, Region: not null } ? [Edge("acm", "certificate/*")] : Array.Empty<string>(),
            ],
            ("application-autoscaling", "ScalableTarget") => [Regional("application-autoscaling", "scalable-target/*")],
            ("ec2", _) => [Regional("ec2", "*")],
            ("elasticfilesystem", _) => [Regional("elasticfilesystem", "*")],
            ("elasticloadbalancing", _) => [Regional("elasticloadbalancing", "*")],
            ("servicediscovery", "namespace") => [Regional("servicediscovery", "namespace/*")],
            ("servicediscovery", "service") => HasDnsNamespace ? [Regional("servicediscovery", "service/*")] : [],
            ("servicequotas", "quota") => [Regional("servicequotas", "*")],
            _ => KeptTypes.All.FirstOrDefault(kept => kept.InPolicies is { } name && name.Service == service && name.Type == type)
                is { InPolicies: { } named } data
                ? _inTemplates
                    .Of(data.Type, data.NameProperty ?? "", named.Longest)
                    .Select(name => Regional(service, $"{named.Path}{name}"))
                : [],
        };

    /// <summary>Whether Cloud Map makes a zone of its own, whose id it makes up.</summary>
    private bool HasDnsNamespace => _application.Services.Any(service => service.IsInDns);

    private string WebAcls(string resource) =>
        _application.HasManagedWebAclAtEdge ? Edge("wafv2", $"global/{resource}") : Regional("wafv2", $"regional/{resource}");

    /// <summary>In the region that CloudFront takes certificates and web ACLs from.</summary>
    private string Edge(string service, string resource) =>
        _application.Region is null
            ? Regional(service, resource)
            : $"arn:{_partition}:{service}:{CloudFrontDistribution.CertificateRegion}:*:{resource}";

    private string LogGroups => $"/ecs/{(_application.Safeguards.KeepsLogs ? _application.FoundationName : _application.Name)}/";

    private string Regional(string service, string resource) => $"arn:{_partition}:{service}:{_region}:*:{resource}";

    private IEnumerable<string> Buckets() =>
        _inTemplates.Of("AWS::S3::Bucket", "BucketName", 63).Select(name => $"arn:{_partition}:s3:::{name.ToLowerInvariant()}");

    private IEnumerable<string> CacheNodes => _application.Caches.Select(cache => cache.NodesName).OfType<string>();

    private bool HasAurora => _application.Databases.Any(server => server.Aurora is not null);

    /// <summary>The final snapshots, and those that databases are restored from: of instances, or of clusters.</summary>
    private IEnumerable<string> Snapshots(string type) =>
        _templates
            .SelectMany(template =>
                template
                    .Resources.Where(resource =>
                        DatabaseTypes.HoldsData(resource.Type, resource.Id)
                        && (resource.Type == DatabaseTypes.Cluster) == (type == "cluster-snapshot")
                    )
                    .Select(resource =>
                        Regional("rds", $"{type}:{TemplateNames.BeginningOf(template.StackName, $"snapshot-{resource.Id}", 255)}")
                    )
            )
            .Concat(
                _application
                    .Databases.Select(server => (Snapshot: server.Options.RestoreFrom, IsOfAurora: server.Aurora is not null))
                    .Where(restored => restored.Snapshot is not null)
                    .Select(restored =>
                        restored.Snapshot!.StartsWith("arn:", StringComparison.Ordinal) ? restored.Snapshot
                        : restored.IsOfAurora ? Regional("rds", $"cluster-snapshot:{restored.Snapshot}")
                        : Regional("rds", $"snapshot:{restored.Snapshot}")
                    )
                    .Where(arn => arn.Split(':')[5] == type)
            );
}
