using System.Text;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Hosting.Fargate.Deploying.Secrets;

/// <summary>The values of parameters that are given here: by configuration, user secrets, or an answer at the terminal.</summary>
internal sealed class GivenValues
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _secrets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ParameterResource> _parameters;

    private GivenValues(IEnumerable<ParameterResource> parameters) =>
        _parameters = parameters.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);

    /// <summary>The value of a parameter; null where none is given.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <param name="parameters">The parameters of the model.</param>
    /// <param name="configuration">Where a value counts as given although the parameter would make one up.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<GivenValues> ReadAsync(
        IEnumerable<ParameterResource> parameters,
        IConfiguration configuration,
        CancellationToken cancellationToken
    )
    {
        var given = new GivenValues(parameters);
        foreach (var parameter in given._parameters.Values)
        {
            // A value that is made up would be another one in each deploy.
            if (parameter.Default is GenerateParameterDefault && !IsConfigured(parameter.Name, configuration))
            {
                continue;
            }

            try
            {
                // A secret without text is none: CI gives an empty variable for one that it does not have.
                if (await parameter.GetValueAsync(cancellationToken) is { } value && !(parameter.Secret && value is ""))
                {
                    given.Answer(parameter.Name, value);
                }
            }
            catch (MissingParameterValueException) { }
            catch (Exception exception) when (exception is not (OperationCanceledException or DistributedApplicationException))
            {
                throw new DistributedApplicationException(
                    $"The value of the parameter '{parameter.Name}' fails: {exception.Message} Give it one that does not, or none, and deploy asks for it.",
                    exception
                );
            }
        }

        return given;
    }

    private static bool IsConfigured(string name, IConfiguration configuration) =>
        !string.IsNullOrEmpty(configuration[$"Parameters:{name}"] ?? configuration[$"Parameters:{name.Replace('-', '_')}"]);

    /// <summary>Takes an answer for a parameter.</summary>
    public void Answer(string name, string value)
    {
        _values[name] = value;
        Conceal(name, value);
    }

    public bool IsSecret(string name) => _parameters.GetValueOrDefault(name) is not { Secret: false };

    /// <summary>Makes a value up, as the model says.</summary>
    public string Generate(string name)
    {
        var value = _parameters[name].Default!.GetDefaultValue();
        Conceal(name, value);
        return value;
    }

    /// <summary>Takes what deploy makes itself, and nobody may read.</summary>
    public void Hide(string value) => _secrets.UnionWith([value, Uri.EscapeDataString(value), JsonEncodedText.Encode(value).ToString()]);

    /// <summary>A text without the values of secrets, however they are written in it: AWS may repeat what it refuses.</summary>
    public string Redact(string text) =>
        _secrets
            .OrderByDescending(secret => secret.Length)
            .Aggregate(text, (shown, secret) => shown.Replace(secret, "***", StringComparison.OrdinalIgnoreCase));

    /// <summary>What to do about a value that is missing.</summary>
    public string Missing(string name) =>
        $"Parameter '{name}' has no value, neither here nor deployed. Set the environment variable Parameters__{name.Replace('-', '_')}, "
        + $"or keep it for the next time: dotnet user-secrets set Parameters:{name} VALUE";

    private void Conceal(string name, string value)
    {
        // What is shorter is part of many words.
        if (IsSecret(name) && value.Length >= 4)
        {
            _secrets.UnionWith([
                value,
                Uri.EscapeDataString(value),
                JsonEncodedText.Encode(value).ToString(),
                Convert.ToBase64String(Encoding.UTF8.GetBytes(value)),
            ]);
        }
    }
}
