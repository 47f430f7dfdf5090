using System.Text;
using Aspire.Hosting;
using Microsoft.Extensions.Options;
using Aspire.Hosting.Pipelines;

namespace Hosting.Fargate.Deploying;

#pragma warning disable ASPIREPIPELINES001 // The pipeline's options say whether to ask.
#pragma warning disable ASPIREINTERACTION001 // Questions go through the CLI where it is attached.

/// <summary>Asks the person who deploys: through the Aspire CLI where that is attached, else at the terminal, and never where nobody answers.</summary>
internal sealed class Terminal(IInteractionService interaction, IOptions<PipelineOptions> options)
{
    /// <summary>Whether the Aspire CLI shows what happens and asks what there is to ask.</summary>
    public static bool HasCli => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("ASPIRE_BACKCHANNEL_PATH"));

    private static bool HasTerminal => !Console.IsInputRedirected && !Console.IsOutputRedirected;

    /// <summary>Asks for consent. With <c>--yes</c> it is given.</summary>
    /// <exception cref="DistributedApplicationException">Nobody is there to ask, or the answer is no.</exception>
    public async Task ConfirmAsync(string question, CancellationToken cancellationToken)
    {
        if (options.Value.SkipConfirmation)
        {
            return;
        }

        bool agrees;
        if (HasCli && interaction.IsAvailable)
        {
            agrees = await interaction.PromptConfirmationAsync("Amazon ECS", question, cancellationToken: cancellationToken) is { Canceled: false, Data: true };
        }
        else if (HasTerminal)
        {
            await Console.Out.WriteAsync($"{question} [y/N] ");
            agrees = (await Task.Run(Console.ReadLine, cancellationToken).WaitAsync(cancellationToken))?.Trim().ToLowerInvariant() is "y" or "yes";
        }
        else
        {
            throw new DistributedApplicationException($"{question} There is no terminal to ask at. Say it beforehand: --yes.");
        }

        if (!agrees)
        {
            throw new DistributedApplicationException("Not agreed to, so nothing more was done.");
        }
    }

    /// <summary>Asks for a value; null where nobody is there to ask.</summary>
    public async Task<string?> AskAsync(string question, bool isSecret, CancellationToken cancellationToken)
    {
        if (HasCli || !HasTerminal || options.Value.SkipConfirmation)
        {
            return null;
        }

        await Console.Out.WriteAsync($"{question}: ");
        return await Task.Run(() => isSecret ? ReadHidden() : Console.ReadLine(), cancellationToken).WaitAsync(cancellationToken);
    }

    private static string ReadHidden()
    {
        var text = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                text.Length = Math.Max(0, text.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                text.Append(key.KeyChar);
            }
        }

        Console.WriteLine();
        return text.ToString();
    }
}
