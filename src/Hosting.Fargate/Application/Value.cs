using System.Collections.Immutable;

namespace Hosting.Fargate.Application;

/// <summary>A value that a container gets, as far as publishing knows it.</summary>
internal abstract record Value
{
    /// <summary>The values that it is made of, itself first.</summary>
    public IEnumerable<Value> Parts =>
        this switch
        {
            Text or StackText or ParameterValue or SecretValue or ResourceAttribute or PublicAddress or OpenAddress or ServerAddress =>
            [
                this,
            ],
            Concatenation concatenation => concatenation.Values.SelectMany(value => value.Parts).Prepend(this),
            Choice choice => choice.WhenTrue.Parts.Concat(choice.WhenFalse.Parts).Prepend(this),
            _ => throw new InvalidOperationException($"{GetType().Name} is no kind of value."),
        };

    public bool HoldsSecret => Parts.Any(part => part is SecretValue);

    /// <summary>The value, with what a service calls itself and others decided.</summary>
    /// <param name="decide">Which of its values an address has.</param>
    public Value Settle(Func<OpenAddress, Value> decide) =>
        this switch
        {
            OpenAddress address => decide(address),
            Concatenation concatenation when Parts.Any(part => part is OpenAddress) => Concat(
                concatenation.Values.Select(value => value.Settle(decide))
            ),
            Choice choice => choice with { WhenTrue = choice.WhenTrue.Settle(decide), WhenFalse = choice.WhenFalse.Settle(decide) },
            _ => this,
        };

    /// <summary>Values one after the other: neighbours of text become one, and a single value is itself.</summary>
    public static Value Concat(IEnumerable<Value> values)
    {
        List<Value> merged = [];
        foreach (var value in values.SelectMany(value => value is Concatenation { Values: var inner } ? inner : [value]))
        {
            if (value is Text next && merged is [.., Text previous])
            {
                merged[^1] = new Text(previous.Content + next.Content);
            }
            else if (value is not Text { Content: "" })
            {
                merged.Add(value);
            }
        }

        return merged switch
        {
            [] => new Text(""),
            [var only] => only,
            _ => new Concatenation([.. merged]),
        };
    }
}

/// <summary>Text that is known now.</summary>
internal sealed record Text(string Content) : Value;

/// <summary>Text in which <c>${AWS::Region}</c> and the like are replaced: for this library's own values, never for the model's.</summary>
internal sealed record StackText(string Content) : Value;

/// <summary>A parameter of the template.</summary>
internal sealed record ParameterValue(ParameterSpec Parameter) : Value;

/// <summary>A secret, which no template, command line, log or output may hold.</summary>
internal sealed record SecretValue(SecretSpec Secret) : Value;

/// <summary>An attribute of an AWS resource that the foundation makes, such as a queue's address.</summary>
/// <param name="ResourceId">The beginning of the resource's logical id: <c>Jobs</c>.</param>
/// <param name="Property">The property's name, as the output of the foundation has it: <c>QueueUrl</c>.</param>
internal sealed record ResourceAttribute(string ResourceId, string Property) : Value
{
    public string OutputId => $"{ResourceId}{Property}";
}

/// <summary>The name that AWS gives an application: that of its load balancer, or of CloudFront before it.</summary>
/// <param name="Stack">The application's stack; null for this one.</param>
/// <param name="IsAtEdge">Whether CloudFront is before its load balancer.</param>
/// <param name="Distribution">What the distribution is called, where it is an endpoint's own.</param>
internal sealed record PublicAddress(string? Stack, bool IsAtEdge, string? Distribution = null) : Value;

/// <summary>The name under which a cache of ElastiCache, a database of RDS or a broker of Amazon MQ is reached.</summary>
/// <param name="ResourceId">Its logical id: <c>BasketCache</c>.</param>
/// <param name="Existing">The name itself, of one that exists; null for one of the template.</param>
internal sealed record ServerAddress(string ResourceId, string? Existing = null) : Value
{
    /// <summary>The attribute of most of them that has it.</summary>
    public const string Endpoint = "Endpoint.Address";

    /// <summary>The attribute that has it.</summary>
    public string Attribute { get; init; } = Endpoint;

    /// <summary>Whether it is that of a broker of Amazon MQ.</summary>
    public bool IsOfBroker { get; init; }
}

/// <summary>An address of an internal endpoint that is decided once it is known who calls whom.</summary>
/// <param name="Service">The service that it leads to.</param>
/// <param name="Named">By the service's name, as others call it.</param>
/// <param name="InDns">By its name in DNS, as tasks that end call it, and as all others can.</param>
internal abstract record OpenAddress(string Service, Value Named, Value InDns) : Value
{
    /// <summary>The same address with a change to each of the values that it may have; null where one of them cannot be changed.</summary>
    public abstract OpenAddress? Change(Func<Value, Value?> change);
}

/// <summary>What a service calls another by, until it is known whether both call each other.</summary>
/// <param name="Client">Who calls.</param>
/// <param name="Service">Whom.</param>
/// <param name="Named">By the service's name.</param>
/// <param name="InDns">By its name in DNS.</param>
internal sealed record CalledAddress(string Client, string Service, Value Named, Value InDns) : OpenAddress(Service, Named, InDns)
{
    public override OpenAddress? Change(Func<Value, Value?> change) =>
        change(Named) is { } named && change(InDns) is { } inDns ? this with { Named = named, InDns = inDns } : null;
}

/// <summary>What a service knows an internal endpoint of its own by, until it is known whether its name means anything to others.</summary>
/// <param name="Service">The service.</param>
/// <param name="ContainerPort">The container's port.</param>
/// <param name="Named">By the service's name, as others call it: what a broker tells its clients.</param>
/// <param name="InDns">By its name in DNS, as tasks that end call it, and as all others can.</param>
/// <param name="Local">On localhost.</param>
internal sealed record OwnAddress(string Service, int ContainerPort, Value Named, Value InDns, Value Local)
    : OpenAddress(Service, Named, InDns)
{
    public override OpenAddress? Change(Func<Value, Value?> change) =>
        change(Named) is { } named && change(InDns) is { } inDns && change(Local) is { } local
            ? this with
            {
                Named = named,
                InDns = inDns,
                Local = local,
            }
            : null;
}

/// <summary>Values one after the other.</summary>
internal sealed record Concatenation(ImmutableArray<Value> Values) : Value;

/// <summary>One value or another, as a parameter is.</summary>
/// <param name="Parameter">The parameter, its value in lower case.</param>
/// <param name="Match">What it is compared with, in lower case.</param>
/// <param name="WhenTrue">The value where they are the same.</param>
/// <param name="WhenFalse">The value where they are not.</param>
internal sealed record Choice(ParameterSpec Parameter, string Match, Value WhenTrue, Value WhenFalse) : Value;

/// <summary>How the value of a parameter or secret is changed before it is used.</summary>
internal enum ValueFormat
{
    /// <summary>Not at all.</summary>
    AsIs,

    /// <summary>Percent-encoded, to stand in an address.</summary>
    Uri,

    /// <summary>In lower case, to be compared.</summary>
    Lowercase,
}

/// <summary>A parameter of the template: one of the model that is no secret.</summary>
/// <param name="Name">The parameter's name in the model.</param>
/// <param name="Format">How its value is changed before the template gets it.</param>
/// <param name="Description">What the model says of it.</param>
/// <param name="Default">The value that the template has for it.</param>
/// <param name="Current">The value it has now, for the parameters file; null where it has none.</param>
internal sealed record ParameterSpec(string Name, ValueFormat Format, string? Description, string? Default, string? Current)
{
    public string Id => Names.Id(Name) + Suffix(Format);

    internal static string Suffix(ValueFormat format) =>
        format switch
        {
            ValueFormat.AsIs => "",
            ValueFormat.Uri => "UriEncoded",
            _ => "Lowercase",
        };
}

/// <summary>A secret in Secrets Manager: a parameter of the model whose value deploy puts there.</summary>
/// <param name="Name">The parameter's name in the model.</param>
/// <param name="Format">How its value is changed before it is put.</param>
/// <param name="Description">What the model says of it.</param>
/// <param name="IsGenerated">Whether deploy makes a value up where the secret has none.</param>
internal sealed record SecretSpec(string Name, ValueFormat Format, string? Description, bool IsGenerated)
{
    /// <summary>Whether deploy makes and renews it: keys of Data Protection, and no parameter of the model.</summary>
    public bool HoldsKeys { get; init; }

    /// <summary>How Secrets Manager changes the value by itself; null where nobody does.</summary>
    public SecretRotation? Rotation { get; init; }

    public string Id => $"{Names.Id(Name)}{ParameterSpec.Suffix(Format)}Secret";

    /// <summary>The output of the foundation with the secret's ARN.</summary>
    public string ArnOutputId => $"{Id}Arn";

    /// <summary>The parameter with the version that composed secrets are made from.</summary>
    public string VersionParameterId => $"{Names.Id(Name)}{ParameterSpec.Suffix(Format)}Version";

    /// <summary>What follows the stack's name in the secret's name.</summary>
    public string Path => Format == ValueFormat.Uri ? $"{Name}-uri-encoded" : Name;
}
