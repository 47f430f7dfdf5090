using Hosting.Fargate.CommandLine;

namespace Hosting.Fargate;

/// <summary>Turns the verbs of this library into what the Aspire host understands.</summary>
public static class FargateCommandLine
{
    /// <summary>
    /// Turns <c>publish</c>, <c>plan</c>, <c>deploy [--transaction-search] [--allow-data-loss NAME]</c>, <c>destroy [--data]</c>,
    /// <c>status</c>, <c>logs [SERVICE] [--follow]</c> and <c>run TASK [-- ARGUMENT…]</c> into <c>--operation publish --step VERB</c> and
    /// configuration keys <c>Fargate:*</c>, lets <c>--yes</c> stand without a value, and leaves everything else as it is. What the Aspire
    /// CLI passes on, as in <c>aspire do logs -- api --follow</c>, is read in the same way.
    /// </summary>
    /// <remarks>
    /// A verb runs as Production unless <c>--environment</c> says otherwise. Whether it did is in <c>Fargate:Environment</c>, which
    /// has the name that was given and is absent where none was. A verb or switch that there is not ends the process with exit code 1 and
    /// the list of those that there are, before anything is started; so does <c>--help</c>, with 0.
    /// </remarks>
    /// <param name="args">The command line of the AppHost.</param>
    /// <returns>The command line for <c>DistributedApplication.CreateBuilder</c>.</returns>
    public static string[] Parse(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var reading = CommandLineReading.Of(args);
        if (reading.IsHelp)
        {
            Console.Out.WriteLine(CommandLineHelp.Text());
            Environment.Exit(0);
        }

        if (reading.Refusal is { } refusal)
        {
            Console.Error.WriteLine(refusal);
            Environment.Exit(1);
        }

        return reading.Arguments;
    }
}
