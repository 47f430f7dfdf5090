using Aws.CloudFormation;
using Hosting.Fargate.Aws;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Data;

/// <summary>
/// A resource type of the foundation, whose resources stay in the account when they leave it: how one is found again, told of and emptied.
/// </summary>
internal abstract class KeptType
{
    /// <summary>The type, as templates have it.</summary>
    public abstract string Type { get; }

    /// <summary>The property that has its name; null where AWS gives none, and the stack remembers the id.</summary>
    public abstract string? NameProperty { get; }

    /// <summary>The property that takes tags.</summary>
    public virtual string TagProperty => "Tags";

    /// <summary>The action by which one is looked for; null for none.</summary>
    public virtual string? LookupAction => null;

    /// <summary>How policies name those of an application by what their template calls them; null where that is said otherwise.</summary>
    public virtual PolicyName? InPolicies => null;

    /// <summary>Whether a replacement would lose from sight what is in it.</summary>
    public virtual bool HoldsData => true;

    /// <summary>Why AWS would not change one so, and what to do; null where it would.</summary>
    /// <param name="before">The properties that it has.</param>
    /// <param name="after">Those that it is to have.</param>
    public virtual string? RefuseChange(TemplateMap before, TemplateMap after) => null;

    /// <summary>What <c>destroy --data</c> takes away, for a person; null where nobody asks.</summary>
    /// <param name="physicalId">The resource, as CloudFormation calls it.</param>
    public abstract string? Tell(string physicalId);

    /// <summary>Finds what an earlier foundation left behind.</summary>
    /// <param name="aws">The account's clients.</param>
    /// <param name="account">The account.</param>
    /// <param name="name">Its name; where AWS gives none, the id that the stack remembers.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null where there is none.</returns>
    public abstract Task<KeptResource?> FindAsync(AwsClients aws, AwsAccount account, string name, CancellationToken cancellationToken);

    /// <summary>Makes one ready to be deleted by CloudFormation, which deletes nothing that is full.</summary>
    public virtual Task EmptyAsync(
        AwsClients aws,
        AwsAccount account,
        ILogger logger,
        string physicalId,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;
}

/// <summary>Something that an earlier foundation left behind, since nothing with data is deleted by leaving a template.</summary>
/// <param name="Identifier">What CloudFormation imports it by: a property and its value.</param>
/// <param name="Text">For a person: <c>secret profiler/api-key</c>.</param>
/// <param name="RestoreSecret">The ARN of a secret that was deleted and is in its recovery window.</param>
internal sealed record KeptResource((string Property, string Value) Identifier, string Text, string? RestoreSecret = null);

/// <summary>A type of the service authorization reference.</summary>
/// <param name="Service">The prefix of the service's actions: <c>sqs</c>.</param>
/// <param name="Type">The type: <c>queue</c>.</param>
/// <param name="Longest">How many characters a name has at the most.</param>
/// <param name="Path">What stands before the name in its ARN: <c>table/</c>.</param>
internal sealed record PolicyName(string Service, string Type, int Longest, string Path = "");
