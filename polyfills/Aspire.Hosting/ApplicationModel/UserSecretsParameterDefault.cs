using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.ApplicationModel;

#pragma warning disable ASPIREUSERSECRETS001 // This is what it keeps the value in.

/// <summary>A value that is made once and kept in the AppHost's user secrets, where configuration finds it the next time.</summary>
internal sealed class UserSecretsParameterDefault(string parameterName, ParameterDefault inner, IUserSecretsManager userSecrets) : ParameterDefault
{
    public override string GetDefaultValue()
    {
        var value = inner.GetDefaultValue();

        // An AppHost without a UserSecretsId keeps nothing: each run has its own value.
        userSecrets.TrySetSecret($"Parameters:{parameterName}", value);
        return value;
    }

    public override void WriteToManifest(ManifestPublishingContext context) => inner.WriteToManifest(context);
}
