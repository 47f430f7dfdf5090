using LocalAws.Sqs.Queues;

namespace LocalAws.Sqs.Operations;

internal sealed class ListQueues(QueueDirectory queues) : SqsOperation<ListQueues.Input>
{
    internal sealed record Input(string? QueueNamePrefix, int? MaxResults, string? NextToken);

    protected override Task<object> HandleAsync(Input input, SqsRequest request)
    {
        var names = queues
            .All.Select(queue => queue.Name)
            .Where(name => name.StartsWith(input.QueueNamePrefix ?? "", StringComparison.Ordinal));
        var page = NamePage.Of(names, input.MaxResults, input.NextToken);
        return Task.FromResult<object>(
            new { QueueUrls = page.Names.Count > 0 ? page.Names.Select(request.QueueUrl) : null, page.NextToken }
        );
    }
}
