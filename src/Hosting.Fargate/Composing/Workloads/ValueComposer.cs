using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>Values as CloudFormation computes them.</summary>
internal static partial class ValueComposer
{
    public static TemplateNode Compose(Value value) =>
        value switch
        {
            Text text => text.Content,
            StackText text => Fn.Sub(text.Content),
            ParameterValue parameter => Fn.Ref(parameter.Parameter.Id),
            ResourceAttribute attribute => FoundationOutputs.Output(attribute.OutputId),
            PublicAddress { Stack: { } stack } address => Fn.ImportValue(
                PublicName.ExportOf(stack, address.IsAtEdge, address.Distribution)
            ),
            PublicAddress address => PublicName.Of(address.IsAtEdge, address.Distribution),
            ServerAddress { Existing: { } host } => host,
            ServerAddress { IsOfBroker: true } broker => BrokerComposer.AddressOf(broker.ResourceId),
            ServerAddress server => Fn.GetAtt(server.ResourceId, server.Attribute),
            Choice choice => Fn.If(ConditionId(choice), Compose(choice.WhenTrue), Compose(choice.WhenFalse)),
            SecretValue or Concatenation => ComposeText(value),
            _ => throw new InvalidOperationException($"{value.GetType().Name} is no kind of value."),
        };

    /// <summary>
    /// <c>StageIsProd</c>; where letters and digits alone would not tell two values apart, with a hash of the value behind it.
    /// </summary>
    public static string ConditionId(Choice choice) =>
        $"{Names.Id(choice.Parameter.Name)}Is{Names.Id(choice.Match)}"
        + (Telling().IsMatch(choice.Match) ? "" : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(choice.Match)).AsSpan(0, 4)));

    /// <summary>The conditions that values depend on.</summary>
    public static TemplateMap Conditions(IEnumerable<Value> values)
    {
        var conditions = new TemplateMap();
        foreach (var choice in values.SelectMany(value => value.Parts).OfType<Choice>().OrderBy(ConditionId, StringComparer.Ordinal))
        {
            conditions[ConditionId(choice)] = Fn.Equals(Fn.Ref(choice.Parameter.Id), choice.Match);
        }

        return conditions;
    }

    private static TemplateNode ComposeText(Value value)
    {
        var parts = value is Concatenation { Values: var values } ? values : [value];
        if (parts.All(part => part is Text or ServerAddress { Existing: not null }))
        {
            // The address of what exists is text like any other.
            return string.Concat(parts.Select(part => part is Text plain ? plain.Content : ((ServerAddress)part).Existing));
        }

        var text = new StringBuilder();
        var variables = new TemplateMap();
        foreach (var part in parts)
        {
            switch (part)
            {
                case Text literal:
                    text.Append(Fn.Escape(literal.Content));
                    break;
                case StackText known:
                    text.Append(known.Content);
                    break;
                case ParameterValue { Parameter: var parameter }:
                    text.Append($"${{{parameter.Id}}}");
                    break;
                case PublicAddress { Stack: null } address:
                    text.Append(PublicName.InText(address.IsAtEdge, address.Distribution));
                    break;
                case SecretValue { Secret: var secret }:
                    // Without a version: Secrets Manager keeps the last two, and a rollback wants what there is. See SecretComposer for how
                    // a new one is noticed.
                    text.Append($"{{{{resolve:secretsmanager:${{{secret.ArnOutputId}}}:SecretString}}}}");
                    break;
                case ServerAddress { Existing: { } host }:
                    text.Append(Fn.Escape(host));
                    break;
                case ServerAddress { IsOfBroker: false } server:
                    text.Append($"${{{server.ResourceId}.{server.Attribute}}}");
                    break;
                case ResourceAttribute attribute:
                    text.Append($"${{{attribute.OutputId}}}");
                    break;
                default:
                    var name = NameOf(part, variables.Count + 1);
                    variables[name] = Compose(part);
                    text.Append($"${{{name}}}");
                    break;
            }
        }

        return Fn.Sub(text.ToString(), variables);
    }

    private static string NameOf(Value part, int number) => part is Choice choice ? $"{ConditionId(choice)}{number}" : $"Value{number}";

    /// <summary>Words with hyphens between them: the capital that begins each says where a hyphen was.</summary>
    [GeneratedRegex(@"\A[a-z0-9]+(?:-[a-z][a-z0-9]*)*\z")]
    private static partial Regex Telling();
}
