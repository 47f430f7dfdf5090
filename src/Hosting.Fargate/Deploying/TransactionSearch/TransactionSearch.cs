using Amazon.CloudWatchLogs;
using Amazon.CloudWatchLogs.Model;
using Amazon.Runtime;
using Amazon.XRay;
using Amazon.XRay.Model;
using Aspire.Hosting;

namespace Hosting.Fargate.Deploying.TransactionSearch;

/// <summary>
/// Transaction Search: the switch of an account and region without which OTLP traces do not reach CloudWatch. It belongs to everybody in
/// the account, hence it is in no stack, and turned on only for who asks. Source:
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Transaction-Search.html
/// </summary>
internal sealed class TransactionSearch(
    IAmazonXRay xray,
    IAmazonCloudWatchLogs logs,
    string partition,
    string region,
    string account,
    TimeProvider? time = null
)
{
    /// <summary>The first name that the policy gets; where it is taken by another policy, a number follows.</summary>
    public const string PolicyName = "aspire-transaction-search";

    /// <summary>Of an account and region: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html.</summary>
    private const int MaxPolicies = 10;

    // AWS says up to 10 minutes.
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(15);

    // A policy that was just put is not at once one that X-Ray sees.
    private static readonly TimeSpan s_policyDeadline = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);

    private readonly SpansPolicy _policy = new(partition, region, account);
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>What turns it on without deploy: two commands of the AWS CLI, each safe to repeat.</summary>
    public IReadOnlyList<string> Commands =>
        [
            $"aws logs put-resource-policy --region {region} --policy-name {PolicyName} --policy-document '{_policy.Document}'",
            $"aws xray update-trace-segment-destination --region {region} --destination CloudWatchLogs",
        ];

    /// <summary>The one line for a person where it is not on; null where there is nothing to say.</summary>
    public string? Describe(TransactionSearchState state) =>
        state.Status switch
        {
            TransactionSearchStatus.Off =>
                $"Transaction Search is off in {region}, so traces do not reach CloudWatch: `deploy --transaction-search` turns it on for the whole account and region "
                    + $"(by hand: the resource policy of its documentation, then `{Commands[1]}`).",
            TransactionSearchStatus.Pending =>
                $"Transaction Search was turned on in {region} and is not in effect yet: traces reach CloudWatch within about ten minutes.",
            TransactionSearchStatus.Unknown =>
                $"Whether Transaction Search is on in {region} is not known ({state.Reason}); where it is off, traces do not reach CloudWatch. See: `aws xray get-trace-segment-destination --region {region}`.",
            _ => null,
        };

    /// <summary>Reads whether it is on. It changes nothing, and an answer that X-Ray does not give is no failure.</summary>
    public async Task<TransactionSearchState> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new TransactionSearchState(await ReadStatusAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (AmazonServiceException exception)
        {
            return new TransactionSearchState(
                TransactionSearchStatus.Unknown,
                $"{exception.ErrorCode ?? exception.StatusCode.ToString()}: {exception.Message.TrimEnd('.')}"
            );
        }
        catch (Exception exception) when (exception is AmazonClientException or HttpRequestException)
        {
            return new TransactionSearchState(TransactionSearchStatus.Unknown, exception.Message.TrimEnd('.'));
        }
    }

    /// <summary>
    /// Turns it on and waits until it is in effect. It may be repeated, also after an interruption: what is there is left as it is, and no
    /// resource policy of anybody's is changed.
    /// </summary>
    /// <exception cref="DistributedApplicationException">It cannot be turned on, or is not in effect in time; the message says what to
    /// do.</exception>
    public async Task EnableAsync(CancellationToken cancellationToken)
    {
        await EnsurePolicyAsync(cancellationToken).ConfigureAwait(false);
        if (await ReadStatusAsync(cancellationToken).ConfigureAwait(false) == TransactionSearchStatus.Off)
        {
            await UpdateDestinationAsync(cancellationToken).ConfigureAwait(false);
        }

        var start = _time.GetTimestamp();
        while (await ReadStatusAsync(cancellationToken).ConfigureAwait(false) is var status && status != TransactionSearchStatus.On)
        {
            if (_time.GetElapsedTime(start) >= s_deadline)
            {
                throw new DistributedApplicationException(
                    status == TransactionSearchStatus.Off
                        ? $"Transaction Search in {region} was turned on and is off again: somebody else set the destination of traces back to X-Ray. Settle who decides it for the account {account}, then run the command again."
                        : $"Transaction Search in {region} is not in effect after {s_deadline.TotalMinutes} minutes. AWS goes on by itself; look later with `aws xray get-trace-segment-destination --region {region}`."
                );
            }

            await Task.Delay(s_interval, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<TransactionSearchStatus> ReadStatusAsync(CancellationToken cancellationToken)
    {
        var answer = await xray.GetTraceSegmentDestinationAsync(new GetTraceSegmentDestinationRequest(), cancellationToken)
            .ConfigureAwait(false);
        return answer.Destination != TraceSegmentDestination.CloudWatchLogs ? TransactionSearchStatus.Off
            : answer.Status == TraceSegmentDestinationStatus.ACTIVE ? TransactionSearchStatus.On
            : TransactionSearchStatus.Pending;
    }

    private async Task EnsurePolicyAsync(CancellationToken cancellationToken)
    {
        var policies = await ReadPoliciesAsync(cancellationToken).ConfigureAwait(false);
        if (_policy.IsGrantedBy(policies.Select(policy => policy.PolicyDocument)))
        {
            return;
        }

        if (policies.Count >= MaxPolicies)
        {
            throw TooMany(policies);
        }

        var names = policies.Select(policy => policy.PolicyName).ToHashSet();
        var name = Enumerable
            .Range(1, MaxPolicies + 1)
            .Select(number => number == 1 ? PolicyName : $"{PolicyName}-{number}")
            .First(name => !names.Contains(name));
        try
        {
            await logs.PutResourcePolicyAsync(
                    new PutResourcePolicyRequest { PolicyName = name, PolicyDocument = _policy.Document },
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (LimitExceededException)
        {
            throw TooMany(policies);
        }
    }

    private DistributedApplicationException TooMany(List<ResourcePolicy> policies) =>
        new(
            $"Transaction Search needs a resource policy of CloudWatch Logs, and {account} has as many in {region} as AWS allows ({MaxPolicies}: {string.Join(", ", policies.Select(policy => policy.PolicyName))}). "
                + $"Delete one that is not needed (aws logs delete-resource-policy --region {region} --policy-name NAME), or add this statement to one of them, then run the command again: {_policy.Document}"
        );

    private async Task<List<ResourcePolicy>> ReadPoliciesAsync(CancellationToken cancellationToken)
    {
        List<ResourcePolicy> policies = [];
        string? token = null;
        do
        {
            var page = await logs.DescribeResourcePoliciesAsync(
                    new DescribeResourcePoliciesRequest { NextToken = token },
                    cancellationToken
                )
                .ConfigureAwait(false);
            policies.AddRange(page.ResourcePolicies ?? []);
            token = page.NextToken;
        } while (!string.IsNullOrEmpty(token));

        return policies;
    }

    private async Task UpdateDestinationAsync(CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        while (true)
        {
            try
            {
                await xray.UpdateTraceSegmentDestinationAsync(
                        new UpdateTraceSegmentDestinationRequest { Destination = TraceSegmentDestination.CloudWatchLogs },
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                return;
            }
            catch (InvalidRequestException exception) when (exception.Message.Contains("permission", StringComparison.OrdinalIgnoreCase))
            {
                if (_time.GetElapsedTime(start) >= s_policyDeadline)
                {
                    throw new DistributedApplicationException(
                        $"X-Ray may not write to CloudWatch Logs in {region}, though a resource policy allows it: {exception.Message} "
                            + $"Look whether another one denies it (aws logs describe-resource-policies --region {region}), then run the command again.",
                        exception
                    );
                }

                await Task.Delay(s_interval, _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
