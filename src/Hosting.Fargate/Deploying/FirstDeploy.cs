using System.Globalization;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Policies;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Deploying;

/// <summary>
/// What an account may lack that nothing was deployed to yet: the roles of AWS's own services, and room in its quotas. Neither ends a
/// deploy: where the calls are not allowed, CloudFormation finds out.
/// </summary>
internal sealed class FirstDeploy(DeploySession session)
{
    private IEnumerable<TemplateResource> Resources => session.Templates.All.SelectMany(template => template.Resources);

    /// <summary>
    /// Makes the service-linked roles that the model's resources need, where there are none: a role that is made by its first resource can
    /// come too late for it.
    /// </summary>
    public async Task MakeRolesAsync(CancellationToken cancellationToken)
    {
        using var calls = new PlainCalls(session.Aws, session.Account);
        foreach (var service in ServiceLinkedRoles.Of(Resources.Select(resource => resource.Type)))
        {
            try
            {
                // https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceLinkedRole.html
                await calls.QueryAsync("iam", "2010-05-08", "CreateServiceLinkedRole", [new("AWSServiceName", service)], cancellationToken);
                session.Logger.LogInformation("{Service}: its own role in this account was made", service);
            }
            catch (Exception exception) when (AwsFailure.IsNoAnswer(exception, cancellationToken))
            {
                // It is there already, which IAM calls an invalid input, or may not be made by who deploys.
            }
        }
    }

    /// <summary>Where what the deploy makes does not fit into a quota: a line each. Nothing of what cannot be read.</summary>
    public async Task<IReadOnlyList<string>> ShortagesAsync(CancellationToken cancellationToken)
    {
        using var calls = new PlainCalls(session.Aws, session.Account);
        List<string> shortages = [];
        foreach (var quota in Quotas())
        {
            try
            {
                // https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetServiceQuota.html
                var wanted = new { ServiceCode = quota.Service, QuotaCode = quota.Code };
                var answer = await calls.JsonAsync("servicequotas", "ServiceQuotasV20190624.GetServiceQuota", wanted, cancellationToken);
                var there = answer.GetProperty("Quota").GetProperty("Value").GetDouble();
                var used = quota.Listing is null
                    ? 0
                    : (await calls.QueryAsync("ec2", "2016-11-15", quota.Listing, [], cancellationToken))
                        .Descendants()
                        .Count(element => element.Name.LocalName == quota.Element);
                if (used + quota.Needed > there)
                {
                    var inUse = quota.Listing is null ? "" : $", {used} of them in use";
                    shortages.Add(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{quota.What}: this needs {quota.Needed:0.##}, and {session.Account.Region} has {there:0.##}{inUse}. "
                                + $"Raise the quota {quota.Code} first, or the deploy ends there: {session.Console.Quota(quota.Service, quota.Code)}"
                        )
                    );
                }
            }
            catch (Exception exception) when (AwsFailure.IsNoAnswer(exception, cancellationToken))
            {
                // It may not be read.
            }
        }

        return shortages;
    }

    /// <summary>
    /// https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html,
    /// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html,
    /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html.
    /// </summary>
    private IEnumerable<Quota> Quotas()
    {
        if (Count("AWS::EC2::VPC") is > 0 and var networks)
        {
            yield return new("VPCs", "vpc", "L-F678F1CE", networks, "DescribeVpcs", "vpcId");
        }

        if (Count("AWS::EC2::EIP") is > 0 and var addresses)
        {
            yield return new("Elastic IP addresses", "ec2", "L-0263D0A3", addresses, "DescribeAddresses", "allocationId");
        }

        var (onDemand, spot) = VirtualProcessors();
        if (onDemand > 0)
        {
            yield return new("vCPUs of Fargate", "fargate", "L-3032A538", onDemand, null, null);
        }

        if (spot > 0)
        {
            yield return new("vCPUs of Fargate Spot", "fargate", "L-36FBB829", spot, null, null);
        }
    }

    /// <summary>
    /// Of the tasks that a deploy starts and keeps; those of the agents and proxies beside them are within a task's size.
    /// </summary>
    private (double OnDemand, double Spot) VirtualProcessors()
    {
        var (onDemand, spot) = (0.0, 0.0);
        foreach (var service in session.Application.Services)
        {
            if (service.Capacity is FargateCapacity capacity)
            {
                var (tasks, size) = (service.Scaling?.Minimum ?? service.DesiredCount, service.Size.Cpu / 1024.0);
                var first = Math.Min(tasks, capacity.OnDemand);
                var onSpot = (tasks - first) * capacity.SpotPercent / 100.0;
                spot += onSpot * size;
                onDemand += (tasks - onSpot) * size;
            }
        }

        return (onDemand, spot);
    }

    private int Count(string type) => Resources.Count(resource => resource.Type == type);

    /// <param name="What">What there is a quota of.</param>
    /// <param name="Service">The code of its service.</param>
    /// <param name="Code">Its own code.</param>
    /// <param name="Needed">How many the deploy makes.</param>
    /// <param name="Listing">What lists those in use; null where nothing counts them.</param>
    /// <param name="Element">The element of the list that is there once for each.</param>
    private sealed record Quota(string What, string Service, string Code, double Needed, string? Listing, string? Element);
}
