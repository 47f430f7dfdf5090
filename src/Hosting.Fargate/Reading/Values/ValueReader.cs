using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;
using Hosting.Fargate.Markup;

namespace Hosting.Fargate.Reading;

/// <summary>Turns what the model gives a container as a value into a <see cref="Value"/>, or refuses it by name.</summary>
/// <param name="parameters">The model's parameters.</param>
/// <param name="endpoints">The model's endpoints.</param>
/// <param name="texts">What in text is as good as a reference.</param>
/// <param name="files">Those in files.</param>
/// <param name="managed">What AWS runs of the model itself.</param>
/// <param name="machine">Looks at text that the model writes itself.</param>
/// <param name="refusals">Takes what cannot be mapped.</param>
internal sealed class ValueReader(
    ParameterReader parameters,
    EndpointReader endpoints,
    ModelTexts texts,
    NamesInFiles files,
    ManagedServers managed,
    MachineValues machine,
    Refusals refusals
)
{
    private readonly List<Notice> _notices = [];

    public IEnumerable<Notice> Notices => _notices;

    /// <summary>What AWS runs of the model itself.</summary>
    public ManagedServers Managed => managed;

    /// <summary>Reads a value.</summary>
    /// <param name="value">As the callbacks of the model give it, unresolved.</param>
    /// <param name="use">Who gets it, and as what.</param>
    /// <returns>Null where it was refused.</returns>
    public Value? Read(object? value, ValueUse use)
    {
        switch (value)
        {
            case null:
                return new Text("");
            case string text:
                machine.Check(text, use);
                return Literal(text, use) is null ? null : texts.Read(text, use, Read);
            case bool truth:
                return new Text(truth ? "true" : "false");
            case IResourceBuilder<IResource> builder:
                return Read(builder.Resource, use);
            case ParameterResource parameter:
                return parameters.Read(parameter, ValueFormat.AsIs);
            case ReferenceExpression { IsConditional: true } choice:
                return ReadChoice(choice, use);
            case ReferenceExpression expression:
                return ReadFormat(expression, use);
            case EndpointReference endpoint:
                return endpoints.Read(endpoint, EndpointProperty.Url, use, Read);
            case EndpointReferenceExpression expression:
                return endpoints.Read(expression.Endpoint, expression.Property, use, Read);
            case ConnectionStringReference connection:
                return Read(connection.Resource, use with { IsConnection = true });
            case AwsResourceOutput output:
                // What exists already is text like any other.
                return output.Resource.KnownOutput(output.Property) is { } known
                    ? new Text(known)
                    : new ResourceAttribute(Names.Id(output.Resource.Name), output.Property);
            case EnvironmentAddress address:
                return endpoints.ReadAddress(address, use, Read);
            case ContainerPortReference port:
                return endpoints.ReadPort(port, use);
            case IResourceWithConnectionString azure when LeftOut.IsOfAzure(azure):
                return Refuse(
                    use,
                    $"is the connection string of '{azure.Name}', a resource of Azure ({azure.GetType().Name}), which is not made on "
                        + $"AWS. {LeftOut.InPlaceOf(azure)}"
                );
            case ReplicaEndpoint replica:
                return endpoints.Read(replica.Endpoint, replica.Property, use with { Replica = replica.Replica }, Read);
            case ReplicaConnection replica:
                return managed.WithTls(replica.Resource, Read(replica.Expression, use with { IsConnection = true }));
            case IResourceWithConnectionString resource:
                return managed.WithTls(resource, Read(resource.ConnectionStringExpression, use with { IsConnection = true }));
            case HostUrl url:
                machine.Check(url.Url, use);
                return Literal(url.Url, use);
            case IResource resource:
                return Refuse(
                    use,
                    $"is the resource '{resource.Name}' itself, which is no value. Give {resource.Name}.GetEndpoint(\"…\"), a connection "
                        + "string or a parameter."
                );
            case IFormattable number and not IValueProvider:
                return new Text(number.ToString(null, CultureInfo.InvariantCulture));
            case IManifestExpressionProvider { ValueExpression: { } text } when endpoints.Find(text) is var (reference, property):
                return endpoints.Read(reference, property, use, Read);
            case not null when LeftOut.AzureBehind(value) is { } azure:
                return Refuse(
                    use,
                    $"is a value of '{azure.Name}', a resource of Azure ({azure.GetType().Name}), which is not made on AWS. "
                        + $"{LeftOut.InPlaceOf(azure)}"
                );
            default:
                return Refuse(
                    use,
                    $"is of type {value.GetType().Name}, which has no counterpart on ECS. Give text, a parameter, an endpoint, a connection "
                        + "string, an output of a queue or bucket, or a ReferenceExpression of these."
                );
        }
    }

    /// <summary>Reads the names in files of an image.</summary>
    public void ReadFiles(PublishedResource resource, BuiltImage? built) => files.Read(resource, built, Read);

    /// <summary>Says what surprises a program that gets a variable of the model's own.</summary>
    public void Notice(Value value, ValueUse use)
    {
        if (!endpoints.IsInjected(use))
        {
            managed.NoticeAddress(value, use);
            managed.Brokers.NotePorts(value, use);
        }

        if (
            value.Parts.OfType<CalledAddress>().FirstOrDefault() is { Service: var service }
            && !endpoints.IsInjected(use, service)
            && BrowserAddresses.WhyNot(use, service) is { } why
        )
        {
            _notices.Add(new Notice(use.Resource.Name, why, IsWarning: true));
        }
    }

    private Text? Literal(string text, ValueUse use)
    {
        if (!text.Contains("{{resolve:", StringComparison.Ordinal))
        {
            return new Text(text);
        }

        Refuse(
            use,
            "holds the text '{{resolve:', which CloudFormation would replace by a secret's value. Make the value a secret "
                + "parameter, or write the text otherwise."
        );
        return null;
    }

    private Value? ReadFormat(ReferenceExpression expression, ValueUse use)
    {
        List<Value> values = [];
        var parts = CompositeFormat.Split(expression.Format).ToList();
        for (var place = 0; place < parts.Count; place++)
        {
            var part = parts[place];
            if (part.Index is not { } index)
            {
                machine.Check(part.Text, use);
                var next = place + 1 < parts.Count ? parts[place + 1].Index : null;
                var address = next is { } beside
                    ? NameBeforePort.Find(part.Text, expression.ValueProviders[beside], use.Resource.Resource)
                    : null;
                if (address is { } whole)
                {
                    if (texts.Read(whole.Before, use, Read) is not { } before || Read(whole.HostAndPort, use) is not { } host)
                    {
                        return null;
                    }

                    values.AddRange([before, host]);
                    place++;
                    continue;
                }

                if (texts.Read(part.Text, use, Read) is not { } text)
                {
                    return null;
                }

                values.Add(text);
                continue;
            }

            var format = expression.StringFormats[index];
            if (Read(expression.ValueProviders[index], use) is not { } value || Formatted(value, format, use) is not { } formatted)
            {
                return null;
            }

            values.Add(formatted);
        }

        // What is harmless in each part may be a reference once they are put together.
        var all = Value.Concat(values);
        return all.Parts.OfType<Text>().All(text => Literal(text.Content, use) is not null) ? managed.AsPublished(all, use) : null;
    }

    private Value? Formatted(Value value, string? format, ValueUse use)
    {
        if (string.IsNullOrEmpty(format))
        {
            return value;
        }

        if (!format.Equals("uri", StringComparison.OrdinalIgnoreCase))
        {
            return Refuse(use, $"is formatted as '{format}'. Of formats there is 'uri' alone.");
        }

        switch (value)
        {
            case Text text:
                return new Text(Uri.EscapeDataString(text.Content));
            case ParameterValue { Parameter: var parameter }:
                return parameters.Read(parameter.Name, ValueFormat.Uri);
            case SecretValue { Secret: var secret }:
                return parameters.Read(secret.Name, ValueFormat.Uri);
            case PublicAddress or ServerAddress:
                return value;
            case Concatenation { Values: var inner }:
                var formatted = inner.Select(part => Formatted(part, format, use)).ToList();
                return formatted.Contains(null) ? null : Value.Concat(formatted.OfType<Value>());
            case OpenAddress address:
                return address.Change(part => Formatted(part, format, use));
            case Choice choice:
                return Formatted(choice.WhenTrue, format, use) is { } whenTrue && Formatted(choice.WhenFalse, format, use) is { } whenFalse
                    ? choice with
                    {
                        WhenTrue = whenTrue,
                        WhenFalse = whenFalse,
                    }
                    : null;
            default:
                return Refuse(
                    use,
                    "puts what is known only on AWS into an address as 'uri', which CloudFormation cannot encode. Pass it "
                        + "as a value of its own."
                );
        }
    }

    private Value? ReadChoice(ReferenceExpression choice, ValueUse use)
    {
        var match = choice.MatchValue!.ToLowerInvariant();
        var whenTrue = Read(choice.WhenTrue, use);
        var whenFalse = Read(choice.WhenFalse, use);
        if (Read(choice.Condition, use) is not { } condition || whenTrue is null || whenFalse is null)
        {
            return null;
        }

        return condition switch
        {
            Text known => known.Content.Equals(match, StringComparison.OrdinalIgnoreCase) ? whenTrue : whenFalse,
            ParameterValue { Parameter: var parameter } => new Choice(
                ((ParameterValue)parameters.Read(parameter.Name, ValueFormat.Lowercase)!).Parameter,
                match,
                whenTrue,
                whenFalse
            ),
            SecretValue { Secret: var secret } => Refuse(
                use,
                $"depends on the secret '{secret.Name}', which a template cannot look into. Decide on a parameter that is no secret."
            ),
            _ => Refuse(use, "depends on what is known only on AWS. Decide on a parameter."),
        };
    }

    private Value? Refuse(ValueUse use, string text)
    {
        refusals.AddValue(use, text);
        return null;
    }
}

/// <summary>Who gets a value.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Variable">The environment variable; null for an argument.</param>
internal sealed record ValueUse(PublishedResource Resource, string? Variable)
{
    /// <summary>Whether it is part of a connection string: what a program calls, whoever else may.</summary>
    public bool IsConnection { get; init; }

    /// <summary>The names under which the resource has connection strings.</summary>
    public IReadOnlyCollection<string> Connections { get; init; } = [];

    /// <summary>The name of the replica that is meant where it names a server; null for the server itself.</summary>
    public string? Replica { get; init; }

    public override string ToString() => Variable is null ? $"An argument of '{Resource.Name}'" : $"{Variable} of '{Resource.Name}'";
}
