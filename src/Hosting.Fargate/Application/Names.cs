namespace Hosting.Fargate.Application;

/// <summary>Names of the model as logical ids of a template.</summary>
internal static class Names
{
    /// <summary><c>api-key</c> becomes <c>ApiKey</c>: what CloudFormation takes, letters and digits alone.</summary>
    public static string Id(string name)
    {
        var id = new System.Text.StringBuilder(name.Length);
        var upper = true;
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                upper = true;
            }
            else
            {
                id.Append(upper ? char.ToUpperInvariant(c) : c);
                upper = false;
            }
        }

        return id.ToString();
    }
}
