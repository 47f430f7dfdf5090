using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Markup;

namespace Hosting.Fargate;

/// <summary>What somebody does with a bucket in the dashboard.</summary>
internal static class BucketCommands
{
    /// <summary>How many objects are listed: more are not for reading.</summary>
    private const int MostListed = 500;

    public static IResourceBuilder<S3BucketResource> WithBucketCommands(this IResourceBuilder<S3BucketResource> builder)
    {
        var bucket = builder.Resource;
        return builder
            .WithEmulatorCommand(
                "list-objects",
                "List objects",
                new CommandOptions
                {
                    Description = "List objects",
                    IconName = "DocumentBulletList",
                    IsHighlighted = true,
                },
                (aws, cancellationToken) => ListAsync(bucket, aws, cancellationToken)
            )
            .WithEmulatorCommand(
                "delete-objects",
                "Delete objects",
                new CommandOptions
                {
                    Description = "Delete all objects",
                    IconName = "Delete",
                    ConfirmationMessage = $"Delete all objects of '{bucket.Name}'? They cannot be brought back.",
                },
                (aws, cancellationToken) => DeleteAsync(bucket, aws, cancellationToken)
            );
    }

    private static async Task<ExecuteCommandResult> ListAsync(S3BucketResource bucket, EmulatedAws aws, CancellationToken cancellationToken)
    {
        var table = new MarkdownTable("Key", ">Size", "Last modified");
        var (count, size) = (0, 0L);
        await foreach (var item in new EmulatedBucket(aws, bucket.Name).ObjectsAsync(cancellationToken))
        {
            count++;
            size += item.Size ?? 0;
            if (count <= MostListed)
            {
                table.Row(
                    Markdown.Code(item.Key),
                    Size(item.Size ?? 0),
                    item.LastModified?.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? ""
                );
            }
        }

        var total = count == 0 ? "no objects" : $"{Objects(count)}, {Size(size)}";
        var more = count > MostListed ? $"\n{Markdown.Paragraph($"and {count - MostListed} more")}" : "";
        return CommandResults.Success(
            $"'{bucket.Name}': {total}.",
            Markdown.Section(Markdown.Text(bucket.Name), Markdown.Paragraph(total), table.ToString(), more),
            CommandResultFormat.Markdown,
            displayImmediately: true
        );
    }

    private static async Task<ExecuteCommandResult> DeleteAsync(
        S3BucketResource bucket,
        EmulatedAws aws,
        CancellationToken cancellationToken
    )
    {
        var deleted = await new EmulatedBucket(aws, bucket.Name).DeleteObjectsAsync(cancellationToken);
        return CommandResults.Success(
            deleted == 0 ? $"'{bucket.Name}' has no objects." : $"{Objects(deleted)} of '{bucket.Name}' deleted."
        );
    }

    private static string Objects(int count) =>
        count == 1 ? "1 object" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} objects");

    private static string Size(long bytes) =>
        bytes switch
        {
            < 1 << 10 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
            < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KiB"),
            < 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024):0.0} MiB"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024 * 1024):0.0} GiB"),
        };
}
