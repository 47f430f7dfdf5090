using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

#pragma warning disable ASPIREUSERSECRETS001 // This is what generated parameters are kept in.

/// <summary>Parameters and connection strings.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>Adds a parameter whose value is in configuration.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, bool secret = false) =>
        builder.AddParameterResource(new ParameterResource(name, fallback => ReadValue(builder.Configuration, $"Parameters:{name}", name, fallback), secret));

    /// <summary>Adds a parameter whose value the model says.</summary>
    /// <exception cref="ArgumentException">It is a secret, and its value is to be published.</exception>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string value, bool publishValueAsDefault = false, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(value);
        return builder.AddParameter(name, () => value, publishValueAsDefault, secret);
    }

    /// <summary>Adds a parameter whose value the model says.</summary>
    /// <exception cref="ArgumentException">It is a secret, and its value is to be published.</exception>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, Func<string> valueGetter, bool publishValueAsDefault = false, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(valueGetter);
        return publishValueAsDefault && secret
            ? throw new ArgumentException("A parameter cannot be both secret and published as a default value.", nameof(secret))
            : builder.AddParameterResource(new ParameterResource(name, fallback => fallback?.GetDefaultValue() ?? valueGetter(), secret)
            {
                Default = publishValueAsDefault ? new ConstantParameterDefault(valueGetter) : null,
            });
    }

    /// <summary>Adds a parameter whose value is in configuration, or made.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name.</param>
    /// <param name="value">Makes the value where configuration has none.</param>
    /// <param name="secret">Whether the value must not be shown.</param>
    /// <param name="persist">Whether a value that was made in run mode is kept in the AppHost's user secrets.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, ParameterDefault value, bool secret = false, bool persist = false)
    {
        ArgumentNullException.ThrowIfNull(value);
        return builder.AddParameterResource(new ParameterResource(name, fallback => ReadValue(builder.Configuration, $"Parameters:{name}", name, fallback), secret)
        {
            Default = persist ? Kept(builder, name, value) : value,
        });
    }

    /// <summary>Adds a parameter whose value is in configuration, under another key.</summary>
    public static IResourceBuilder<ParameterResource> AddParameterFromConfiguration(
        this IDistributedApplicationBuilder builder, string name, string configurationKey, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(configurationKey);
        return builder.AddParameterResource(new ParameterResource(name, fallback => ReadValue(builder.Configuration, configurationKey, name, fallback), secret)
        {
            ConfigurationKey = configurationKey,
        });
    }

    /// <summary>Says what a parameter is for.</summary>
    public static IResourceBuilder<ParameterResource> WithDescription(
        this IResourceBuilder<ParameterResource> builder, string description, bool enableMarkdown = false)
    {
        ArgumentNullException.ThrowIfNull(description);
        builder.Resource.Description = description;
        builder.Resource.EnableDescriptionMarkdown = enableMarkdown;
        return builder;
    }

    /// <summary>Adds a connection string that is in configuration, <c>ConnectionStrings:NAME</c>.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name.</param>
    /// <param name="environmentVariableName">The variable that references inject it as; <c>ConnectionStrings__NAME</c> where null.</param>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string? environmentVariableName = null) =>
        builder.AddParameterResource(new ConnectionStringParameterResource(
            name,
            _ => builder.Configuration.GetConnectionString(name) ?? throw new MissingParameterValueException(
                $"The connection string '{name}' has no value. Set it in configuration as 'ConnectionStrings:{name}', for example by the "
                + $"environment variable ConnectionStrings__{name}."),
            environmentVariableName));

    /// <summary>Creates a secret parameter with a generated password, without adding it.</summary>
    public static ParameterResource CreateDefaultPasswordParameter(
        IDistributedApplicationBuilder builder,
        string name,
        bool lower = true,
        bool upper = true,
        bool numeric = true,
        bool special = true,
        int minLower = 0,
        int minUpper = 0,
        int minNumeric = 0,
        int minSpecial = 0) => CreateGeneratedParameter(builder, name, secret: true, new GenerateParameterDefault
    {
        Lower = lower,
        Upper = upper,
        Numeric = numeric,
        Special = special,
        MinLower = minLower,
        MinUpper = minUpper,
        MinNumeric = minNumeric,
        MinSpecial = minSpecial,
    });

    /// <summary>Creates a parameter with a generated value that run mode keeps, without adding it.</summary>
    public static ParameterResource CreateGeneratedParameter(
        IDistributedApplicationBuilder builder, string name, bool secret, GenerateParameterDefault parameterDefault)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var parameter = CreateParameter(builder, name, secret);
        parameter.Default = Kept(builder, name, parameterDefault);
        return parameter;
    }

    /// <summary>Creates a parameter whose value is in configuration, without adding it.</summary>
    public static ParameterResource CreateParameter(IDistributedApplicationBuilder builder, string name, bool secret)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return new(name, fallback => ReadValue(builder.Configuration, $"Parameters:{name}", name, fallback), secret);
    }

    private static IResourceBuilder<T> AddParameterResource<T>(this IDistributedApplicationBuilder builder, T parameter) where T : ParameterResource =>
        builder.AddResource(parameter).WithInitialState(new()
        {
            ResourceType = KnownResourceTypes.Parameter,
            Properties = [new(CustomResourceKnownProperties.Source, parameter.ConfigurationKey)],
            State = KnownResourceStates.Waiting,
        });

    private static string ReadValue(IConfiguration configuration, string key, string name, ParameterDefault? fallback)
    {
        // Not every shell takes a hyphen in the name of a variable: Parameters__api_key does for api-key.
        var value = configuration[key] ?? configuration[key.Replace('-', '_')];
        return value ?? fallback?.GetDefaultValue() ?? throw new MissingParameterValueException(
            $"The parameter '{name}' has no value and no default. Set it in configuration as '{key}', for example by the environment variable "
            + $"{key.Replace(":", "__").Replace('-', '_')} or by `dotnet user-secrets set {key} VALUE` in the AppHost's directory.");
    }

    private static ParameterDefault Kept(IDistributedApplicationBuilder builder, string name, ParameterDefault value) =>
        builder.ExecutionContext.IsRunMode ? new UserSecretsParameterDefault(name, value, builder.UserSecretsManager) : value;
}
