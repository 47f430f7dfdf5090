using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>The parameters that values name: each a parameter of the template, or a secret.</summary>
internal sealed class ParameterReader
{
    private readonly Dictionary<string, KnownParameter> _known = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<FormOfParameter, ParameterSpec> _parameters = [];
    private readonly OrderedDictionary<FormOfParameter, SecretSpec> _secrets = [];

    private readonly Dictionary<string, string> _faults = new(StringComparer.Ordinal);

    /// <summary>
    /// The parameters as the model has them, and the passwords that resources made for themselves, which are in no model.
    /// </summary>
    public IEnumerable<ParameterResource> Resources => _known.Values.Select(known => known.Resource);

    public IEnumerable<ParameterSpec> Parameters => _parameters.Values;

    public IEnumerable<SecretSpec> Secrets => _secrets.Values;

    /// <summary>
    /// Looks up what the plain parameters are now: a missing value is no fault, since deploying asks for it. That of a secret is
    /// no part of what is published.
    /// </summary>
    public async Task LoadAsync(IEnumerable<ParameterResource> parameters, CancellationToken cancellationToken)
    {
        foreach (var parameter in parameters)
        {
            string? current = null;
            if (!IsSecret(parameter))
            {
                try
                {
                    current = await parameter.GetValueAsync(cancellationToken);
                }
                catch (MissingParameterValueException) { }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    _faults[parameter.Name] = exception.Message;
                }
            }

            _known[parameter.Name] = new(parameter, current);
        }
    }

    /// <summary>Refuses the parameters that something uses and whose value throws: by now it is known which those are.</summary>
    public void RefuseFaults(Refusals refusals)
    {
        foreach (var name in _parameters.Values.Select(parameter => parameter.Name).Distinct().Where(_faults.ContainsKey))
        {
            refusals.Add(
                name,
                $"'{name}' is a parameter whose value fails where the model is published: {_faults[name]} Give it a value "
                    + "there (builder.ExecutionContext.IsPublishMode), or none: a parameter without one is asked for by deploy."
            );
        }
    }

    /// <summary>A parameter, or text that the model knows now, whatever expressions are around it; null for anything else.</summary>
    public Value? Plain(ReferenceExpression? expression) =>
        expression switch
        {
            { ValueProviders: [ReferenceExpression inner], Format: "{0}" } => Plain(inner),
            { ValueProviders: [ParameterResource parameter], Format: "{0}" } => Read(parameter, ValueFormat.AsIs),
            { ValueProviders.Count: 0, Format: var text } => new Text(text),
            _ => null,
        };

    public Value Read(ParameterResource parameter, ValueFormat format)
    {
        // Passwords that a resource makes for itself are in no model.
        _known.TryAdd(parameter.Name, new(parameter, null));
        return Read(parameter.Name, format);
    }

    public Value Read(string name, ValueFormat format)
    {
        var (parameter, current) = _known[name];
        var key = new FormOfParameter(name, format);
        if (IsSecret(parameter))
        {
            if (!_secrets.TryGetValue(key, out var secret))
            {
                _secrets[key] = secret = new SecretSpec(name, format, parameter.Description, parameter.Default is GenerateParameterDefault)
                {
                    Rotation = parameter.TryGetLastAnnotation<SecretRotation>(out var rotation) ? rotation : null,
                };
            }

            return new SecretValue(secret);
        }

        if (!_parameters.TryGetValue(key, out var plain))
        {
            _parameters[key] = plain = new ParameterSpec(
                name,
                format,
                parameter.Description,
                Format(DefaultOf(parameter), format),
                Format(current, format)
            );
        }

        return new ParameterValue(plain);
    }

    private string? DefaultOf(ParameterResource parameter)
    {
        try
        {
            return parameter.Default?.GetDefaultValue();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _faults.TryAdd(parameter.Name, exception.Message);
            return null;
        }
    }

    /// <summary>
    /// A generated value is kept where secrets are, whether or not the model calls it one: nowhere else would it stay the same.
    /// </summary>
    internal static bool IsSecret(ParameterResource parameter) => parameter.Secret || parameter.Default is GenerateParameterDefault;

    private static string? Format(string? value, ValueFormat format) =>
        format switch
        {
            ValueFormat.Uri when value is not null => Uri.EscapeDataString(value),
            ValueFormat.Lowercase => value?.ToLowerInvariant(),
            _ => value,
        };

    private sealed record KnownParameter(ParameterResource Resource, string? Current);

    /// <summary>Of one parameter each form of its value is another.</summary>
    private sealed record FormOfParameter(string Name, ValueFormat Format);
}
