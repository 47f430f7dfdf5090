using LocalAws.Sqs.Queues;

namespace LocalAws.Sqs.Operations;

internal sealed class ListDeadLetterSourceQueues(QueueDirectory queues) : SqsOperation<ListDeadLetterSourceQueues.Input>
{
    internal sealed record Input(string? QueueUrl, int? MaxResults, string? NextToken);

    protected override Task<object> HandleAsync(Input input, SqsRequest request)
    {
        var target = queues.At(input.QueueUrl).Name;
        var sources = queues.All.Where(queue => queue.Settings.Redrive?.DeadLetterQueue == target).Select(queue => queue.Name);
        var page = NamePage.Of(sources, input.MaxResults, input.NextToken);
        return Task.FromResult<object>(new { queueUrls = page.Names.Select(request.QueueUrl), page.NextToken });
    }
}
