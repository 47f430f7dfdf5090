using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Hosting.Fargate.Reporting;

#pragma warning disable ASPIREPIPELINES001 // The pipeline's options say whether to ask.
#pragma warning disable ASPIREINTERACTION001 // Questions go through the CLI where it is attached.

/// <summary>
/// Asks the person who deploys: through the Aspire CLI where that is attached, else at the terminal, and never where nobody answers.
/// </summary>
internal sealed class Questions(IServiceProvider services)
{
    private readonly IInteractionService _interaction = services.GetRequiredService<IInteractionService>();
    private readonly PipelineOptions _options = services.GetRequiredService<IOptions<PipelineOptions>>().Value;
    private readonly LiveConsole? _console = services.GetService<LiveConsole>();

    private static bool HasTerminal => !Console.IsInputRedirected && !Console.IsOutputRedirected;

    /// <summary>Whether the CLI has somebody to ask: not with <c>--non-interactive</c>, nor in CI.</summary>
    private bool HasCliToAsk => FargateConsole.HasCli && _interaction.IsAvailable;

    private bool HasSomebodyToAsk => HasCliToAsk || (HasTerminal && !FargateConsole.HasCli);

    /// <summary>Asks for consent. With <c>--yes</c> it is given.</summary>
    /// <exception cref="DistributedApplicationException">Nobody is there to ask, or the answer is no.</exception>
    public async Task ConfirmAsync(string question, CancellationToken cancellationToken)
    {
        if (_options.SkipConfirmation)
        {
            return;
        }

        bool agrees;
        if (HasCliToAsk)
        {
            // A notification, as the host's own destroy asks: the CLI of 13.6 never shows a message box, and would wait for ever.
            agrees =
                await _interaction.PromptNotificationAsync(
                    "Amazon ECS",
                    question,
                    new NotificationInteractionOptions
                    {
                        Intent = MessageIntent.Confirmation,
                        ShowSecondaryButton = true,
                        ShowDismiss = false,
                        PrimaryButtonText = "Yes",
                        SecondaryButtonText = "No",
                    },
                    cancellationToken
                )
                    is { Canceled: false, Data: true };
        }
        else if (HasSomebodyToAsk)
        {
            agrees =
                (await ReadAsync($"{question} [y/N] ", Console.ReadLine, cancellationToken))?.Trim().ToLowerInvariant() is "y" or "yes";
        }
        else
        {
            throw NobodyToAsk(question);
        }

        if (!agrees)
        {
            throw NotAgreedTo();
        }
    }

    /// <summary>Asks for consent to what nobody can take back: a name is typed. With <c>--yes</c> it is given.</summary>
    /// <exception cref="DistributedApplicationException">Nobody is there to ask, or the answer is another.</exception>
    public async Task ConfirmByNameAsync(string question, string name, CancellationToken cancellationToken)
    {
        if (_options.SkipConfirmation)
        {
            return;
        }

        if (!HasSomebodyToAsk)
        {
            throw NobodyToAsk(question);
        }

        if ((await AskAsync($"{question} Type {name} to agree", isSecret: false, cancellationToken))?.Trim() != name)
        {
            throw NotAgreedTo();
        }
    }

    /// <summary>Asks for a value; null where nobody is there to ask.</summary>
    public async Task<string?> AskAsync(string question, bool isSecret, CancellationToken cancellationToken)
    {
        if (_options.SkipConfirmation)
        {
            return null;
        }

        if (HasCliToAsk)
        {
            var input = new InteractionInput
            {
                Name = "value",
                Label = question,
                InputType = isSecret ? InputType.SecretText : InputType.Text,
                Required = true,
            };
            return
                await _interaction.PromptInputAsync("Amazon ECS", message: null, input, cancellationToken: cancellationToken)
                    is { Canceled: false, Data: var answered }
                ? answered.Value
                : null;
        }

        return HasSomebodyToAsk ? await ReadAsync($"{question}: ", isSecret ? ReadHidden : Console.ReadLine, cancellationToken) : null;
    }

    private static DistributedApplicationException NobodyToAsk(string question) =>
        new(
            $"{question} There is no terminal to ask at. Say it beforehand: --yes{(FargateConsole.HasCli ? " (aspire deploy -- --yes)" : "")}."
        );

    private static DistributedApplicationException NotAgreedTo() => new("Not agreed to, so nothing more was done.");

    private async Task<string?> ReadAsync(string prompt, Func<string?> read, CancellationToken cancellationToken)
    {
        using var pause = _console?.Pause();
        await Console.Out.WriteAsync(prompt.AsMemory(), cancellationToken);
        await Console.Out.FlushAsync(cancellationToken);
        return await Task.Run(read, cancellationToken).WaitAsync(cancellationToken);
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
