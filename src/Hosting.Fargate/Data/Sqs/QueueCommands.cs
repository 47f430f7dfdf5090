using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Markup;

namespace Hosting.Fargate;

/// <summary>What somebody does with a queue in the dashboard.</summary>
internal static class QueueCommands
{
    /// <summary>Longer bodies are cut: a table is for finding a message.</summary>
    private const int LongestBody = 200;

    public static IResourceBuilder<SqsQueueResource> WithQueueCommands(this IResourceBuilder<SqsQueueResource> builder)
    {
        var queue = builder.Resource;
        return builder
            .WithEmulatorCommand(
                "show-messages",
                "Show messages",
                new CommandOptions
                {
                    Description = "Show messages and dead letters, without receiving them",
                    IconName = "MailInbox",
                    IsHighlighted = true,
                },
                (aws, cancellationToken) => ShowAsync(queue, aws, cancellationToken)
            )
            .WithEmulatorCommand(
                "move-dead-letters",
                "Move dead letters back",
                new CommandOptions { Description = "Send dead letters to the queue again", IconName = "MailArrowUp" },
                (aws, cancellationToken) => MoveDeadLettersAsync(queue, aws, cancellationToken),
                isThere: HasDeadLetterQueue
            )
            .WithEmulatorCommand(
                "purge",
                "Purge",
                new CommandOptions
                {
                    Description = "Delete all messages",
                    IconName = "MailDismiss",
                    ConfirmationMessage = $"Delete all messages of '{queue.Name}'? They cannot be brought back. Dead letters stay.",
                },
                (aws, cancellationToken) => PurgeAsync(queue, aws, cancellationToken)
            );
    }

    private static bool HasDeadLetterQueue(SqsQueueResource queue) => queue.MaxReceives is not null;

    private static async Task<ExecuteCommandResult> ShowAsync(SqsQueueResource queue, EmulatedAws aws, CancellationToken cancellationToken)
    {
        var (text, total) = await DescribeAsync(await EmulatedQueue.FindAsync(aws, queue.Name, cancellationToken), cancellationToken);
        if (HasDeadLetterQueue(queue))
        {
            var deadLetters = await EmulatedQueue.FindAsync(aws, queue.DeadLetterQueueName, cancellationToken);
            text += $"\n{(await DescribeAsync(deadLetters, cancellationToken)).Text}";
        }

        return CommandResults.Success($"'{queue.Name}': {total}.", text, CommandResultFormat.Markdown, displayImmediately: true);
    }

    private static async Task<(string Text, string Counts)> DescribeAsync(EmulatedQueue queue, CancellationToken cancellationToken)
    {
        var count = await queue.CountAsync(cancellationToken);
        var total = count.Total == 0 ? "no messages" : $"{count.Waiting} waiting, {count.InFlight} in flight, {count.Delayed} delayed";
        var table = await TableAsync(queue, count, cancellationToken);
        return (Markdown.Section(Markdown.Text(queue.Name), Markdown.Paragraph(total), table), total);
    }

    private static async Task<string> TableAsync(EmulatedQueue queue, QueueCounts count, CancellationToken cancellationToken)
    {
        if (await queue.PreviewAsync(cancellationToken) is not { } messages)
        {
            return Markdown.Paragraph("This emulator cannot show messages that nobody received.");
        }

        var table = new MarkdownTable("Sent", "State", ">Received", "Body");
        foreach (var message in messages)
        {
            table.Row(
                message.SentAt.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture),
                Say(message.State),
                message.ReceiveCount.ToString(CultureInfo.InvariantCulture),
                Markdown.Code(message.Body.Length > LongestBody ? $"{message.Body[..LongestBody]} …" : message.Body)
            );
        }

        var left = count.Total - messages.Count;
        return table + (left > 0 ? $"\n{Markdown.Paragraph($"and {left} more")}" : "");
    }

    private static string Say(string state) =>
        state switch
        {
            "Visible" => "waiting",
            "InFlight" => "in flight",
            "Delayed" => "delayed",
            _ => Markdown.Text(state),
        };

    private static async Task<ExecuteCommandResult> MoveDeadLettersAsync(
        SqsQueueResource queue,
        EmulatedAws aws,
        CancellationToken cancellationToken
    )
    {
        var deadLetters = await EmulatedQueue.FindAsync(aws, queue.DeadLetterQueueName, cancellationToken);
        var moved = await deadLetters.MoveToAsync(await EmulatedQueue.FindAsync(aws, queue.Name, cancellationToken), cancellationToken);
        return CommandResults.Success(
            moved == 0 ? $"'{queue.Name}' has no dead letters." : $"{Messages(moved)} moved back to '{queue.Name}'."
        );
    }

    private static async Task<ExecuteCommandResult> PurgeAsync(SqsQueueResource queue, EmulatedAws aws, CancellationToken cancellationToken)
    {
        await (await EmulatedQueue.FindAsync(aws, queue.Name, cancellationToken)).PurgeAsync(cancellationToken);
        return CommandResults.Success($"'{queue.Name}' is empty.");
    }

    private static string Messages(int count) => count == 1 ? "1 message" : $"{count} messages";
}
