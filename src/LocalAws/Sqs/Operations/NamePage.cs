namespace LocalAws.Sqs.Operations;

/// <summary>A page of a sorted list of names; its token is the last of them.</summary>
internal sealed record NamePage(IReadOnlyList<string> Names, string? NextToken)
{
    private const int Maximum = 1000;

    public static NamePage Of(IEnumerable<string> names, int? maxResults, string? nextToken)
    {
        if (maxResults is < 1 or > Maximum)
            throw SqsException.InvalidParameterValue(
                $"Value {maxResults} for parameter MaxResults is invalid. Reason: must be between 1 and {Maximum}, if provided."
            );
        var rest = names.Where(name => string.CompareOrdinal(name, nextToken) > 0).ToList();
        var page = rest.Take(maxResults ?? Maximum).ToList();
        // Without MaxResults there is no token: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html
        return new(page, maxResults is not null && rest.Count > page.Count ? page[^1] : null);
    }
}
