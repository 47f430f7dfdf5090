namespace Hosting.Fargate.Reading;

/// <summary>
/// Addresses within the network in variables that are for browsers, or may be. A variable that WithReference makes is none of them: it is
/// called after the resource, whatever that is called.
/// </summary>
internal static class BrowserAddresses
{
    /// <param name="use">Who gets the address.</param>
    /// <param name="service">The service that it is of.</param>
    /// <returns>What surprises whoever reads it in a browser; null where none does.</returns>
    public static string? WhyNot(ValueUse use, string service) =>
        BrowserRules.IsForBrowsers(use.Variable)
            ? $"has the address of '{service}' within the network in {use.Variable}, which by its name is for browsers: none "
                + $"reaches it. Make its endpoint external ({service}.WithExternalHttpEndpoints), and the variable has its "
                + "public address."
        : BrowserProjects.HandsOn(use)
            ? $"hosts Blazor WebAssembly, and has the address of '{service}' within the network in {use.Variable}. Where it hands that "
                + $"on to browsers, none reaches it: make the endpoint external then ({service}.WithExternalHttpEndpoints), and the "
                + "variable has its public address. What the server itself calls is right as it is."
        : null;
}
