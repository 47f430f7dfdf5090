using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// A cache of ElastiCache with its user and its security group. It is of the application's stack, as what it holds can be made again; a
/// password that changes reaches its user in the same deploy as the services.
/// </summary>
internal static class CacheComposer
{
    public static string SecurityGroupId(Cache cache) => $"{cache.SharedId}SecurityGroup";

    public static string UsersId(Cache cache) => $"{cache.SharedId}Users";

    public static TemplateSection Compose(FargateApplication application, Cache cache)
    {
        List<TemplateResource> resources = [SecurityGroup(application, cache)];
        if (cache.Password is { } password)
        {
            resources.AddRange(User(cache, password));
        }

        if (cache.Nodes is { } nodes)
        {
            resources.AddRange(CacheNodesComposer.Compose(application, cache, nodes));
            resources.AddRange(CacheNodesAlarms.Compose(application, cache, nodes));
        }
        else
        {
            resources.Add(ComposeServerless(application, cache, cache.Serverless!));
            resources.AddRange(AlarmComposer.Compose(application, CacheAlarms.Of(cache, cache.Serverless!)));
        }

        resources.ForEach(resource => resource.Owner = cache.Name);
        return new TemplateSection($"{cache.Name}: a cache", resources);
    }

    /// <summary>The way from a service or task to a cache.</summary>
    public static IEnumerable<TemplateResource> Ways(FargateApplication application, Workload workload) =>
        application
            .CacheConnections.Where(connection => connection.Workload == workload.Name)
            .Select(connection => new TemplateResource($"{connection.Cache.SharedId}From{workload.Id}", "AWS::EC2::SecurityGroupIngress")
            {
                Comment = connection.Reason,
                Properties = new()
                {
                    ["GroupId"] = connection.Cache.Existing is { } existing
                        ? existing.SecurityGroupId
                        : Fn.GetAtt(SecurityGroupId(connection.Cache), "GroupId"),
                    ["IpProtocol"] = "tcp",
                    ["FromPort"] = connection.Cache.OwnPort,
                    ["ToPort"] = connection.Cache.Serverless is null ? connection.Cache.OwnPort : Cache.ReaderPort,
                    ["SourceSecurityGroupId"] = Fn.GetAtt(ServiceComposer.SecurityGroupId(workload), "GroupId"),
                    ["Description"] = $"{connection.Cache.Name} from {workload.Name}",
                },
            });

    private static TemplateResource SecurityGroup(FargateApplication application, Cache cache) =>
        new(SecurityGroupId(cache), "AWS::EC2::SecurityGroup")
        {
            Comment = $"{cache.Name}.{cache.Method}: those that refer to it have a rule each",
            Properties = new()
            {
                ["GroupDescription"] = $"{cache.Name} - from those that refer to it",
                ["VpcId"] = application.Network.VpcId(),
            },
        };

    /// <summary>
    /// One user, named as clients that say nothing but a password are. A group of Valkey wants no other:
    /// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html.
    /// </summary>
    private static IEnumerable<TemplateResource> User(Cache cache, SecretSpec password)
    {
        var (user, group) = ($"{cache.SharedId}User", UsersId(cache));
        yield return new(user, "AWS::ElastiCache::User")
        {
            Comment =
                $"the user of all that have the password '{password.Name}'; the tag has the version that it was made from, so that a new one reaches it",
            Properties = new()
            {
                ["UserId"] = cache.CacheName,
                ["UserName"] = "default",
                ["Engine"] = "valkey",
                ["AccessString"] = "on ~* &* +@all",
                ["AuthenticationMode"] = new TemplateMap
                {
                    ["Type"] = "password",
                    ["Passwords"] = new TemplateList([ValueComposer.Compose(new SecretValue(password))]),
                },
                ["Tags"] = new TemplateList([
                    new TemplateMap { ["Key"] = "password-version", ["Value"] = Fn.Ref(password.VersionParameterId) },
                ]),
            },
        };
        yield return new(group, "AWS::ElastiCache::UserGroup")
        {
            Comment = $"who may use {cache.Name}",
            Properties = new()
            {
                ["UserGroupId"] = cache.CacheName,
                ["Engine"] = "valkey",
                ["UserIds"] = new TemplateList([Fn.Ref(user)]),
            },
        };
    }

    private static TemplateResource ComposeServerless(FargateApplication application, Cache cache, ServerlessCache options) =>
        new(cache.ResourceId, Cache.ServerlessType)
        {
            Comment = $"{cache.Name}.PublishAsElastiCache: TLS always, encrypted at rest, in each zone of the tasks",
            DeletionPolicy = "Delete",
            UpdateReplacePolicy = "Delete",
            Properties = new()
            {
                ["ServerlessCacheName"] = cache.CacheName,
                ["Description"] = $"{cache.Name} of {application.Name}",
                ["Engine"] = "valkey",
                ["MajorEngineVersion"] = options.EngineVersion,
                ["CacheUsageLimits"] = options is { MaximumGigabytes: null, MaximumProcessingUnits: null }
                    ? null
                    : new TemplateMap
                    {
                        ["DataStorage"] = options.MaximumGigabytes is { } gigabytes
                            ? new TemplateMap { ["Maximum"] = gigabytes, ["Unit"] = "GB" }
                            : null,
                        ["ECPUPerSecond"] = options.MaximumProcessingUnits is { } units ? new TemplateMap { ["Maximum"] = units } : null,
                    },
                ["SnapshotRetentionLimit"] = options.SnapshotDays,
                ["UserGroupId"] = cache.Password is null ? null : Fn.Ref(UsersId(cache)),
                ["SecurityGroupIds"] = new TemplateList([Fn.GetAtt(SecurityGroupId(cache), "GroupId")]),
                ["SubnetIds"] = application.Network.TaskSubnets(),
            },
        };
}
