using System.Diagnostics.Metrics;
using System.Text.Json;
using Amazon.SQS;
using Profiles;

namespace Api.Endpoints;

/// <summary>Asks the workers for a profile.</summary>
internal sealed class JobSender
{
    private readonly IAmazonSQS _sqs;
    private readonly ProfileResources _resources;
    private readonly Counter<long> _accepted;

    public JobSender(IAmazonSQS sqs, ProfileResources resources, IMeterFactory meters)
    {
        (_sqs, _resources) = (sqs, resources);
        _accepted = meters.Create("Api.Jobs").CreateCounter<long>("profiles.jobs.accepted", "{job}", "Jobs that were put into the queue.");
    }

    public async Task SendAsync(ProfileJob job, CancellationToken cancellationToken)
    {
        await _sqs.SendMessageAsync(_resources.QueueUrl, JsonSerializer.Serialize(job, ProfilesJson.Default.ProfileJob), cancellationToken);
        _accepted.Add(1);
    }
}
