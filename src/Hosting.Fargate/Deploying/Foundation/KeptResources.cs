using Amazon.CloudFormation.Model;
using Aws.CloudFormation;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Data;

namespace Hosting.Fargate.Deploying.Foundation;

/// <summary>Something that an earlier foundation left behind, and that this one takes up again.</summary>
/// <param name="Id">Its logical id.</param>
/// <param name="Type">Its type.</param>
/// <param name="Kept">What was found.</param>
internal sealed record Adoption(string Id, string Type, KeptResource Kept)
{
    /// <summary>As CloudFormation takes it into a stack.</summary>
    public ResourceToImport Import =>
        new()
        {
            LogicalResourceId = Id,
            ResourceType = Type,
            ResourceIdentifier = new() { [Kept.Identifier.Property] = Kept.Identifier.Value },
        };
}

/// <summary>Finds what a foundation would make anew although it is there: by the names that the template gives.</summary>
internal sealed class KeptResources(AwsClients aws, AwsAccount account)
{
    /// <param name="live">The template that is deployed; null where there is none.</param>
    /// <param name="wanted">The template that is to be.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<Adoption>> FindAsync(TemplateMap? live, TemplateMap wanted, CancellationToken cancellationToken)
    {
        List<Task<Adoption?>> searches = [];
        var remembered = FoundationTemplates.Remembered(live);
        foreach (var (id, node) in (TemplateMap)wanted["Resources"]!)
        {
            if (
                live?.At("Resources", id) is null
                && KeptTypes.Of(node.At("Type").AsText()) is { } type
                && (type.NameProperty is { } property ? Name(node, property) : remembered.GetValueOrDefault(id)) is { } name
            )
            {
                searches.Add(FindAsync(id, type, name, cancellationToken));
            }
        }

        return [.. (await Task.WhenAll(searches)).OfType<Adoption>()];
    }

    private async Task<Adoption?> FindAsync(string id, KeptType type, string name, CancellationToken cancellationToken) =>
        await type.FindAsync(aws, account, name, cancellationToken) is { } kept ? new Adoption(id, type.Type, kept) : null;

    private string? Name(TemplateNode resource, string property) =>
        resource
            .At("Properties", property)
            .ComposedText(variable =>
                variable switch
                {
                    "AWS::AccountId" => account.Id,
                    "AWS::Region" => account.Region,
                    "AWS::Partition" => account.Partition,
                    _ => "?",
                }
            );
}
