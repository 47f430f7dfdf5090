using Hosting.Fargate.Application;
using Hosting.Fargate.Markup;

namespace Hosting.Fargate.Writing;

/// <summary>What a reader should know first: warnings, then the rest.</summary>
internal static class NoticesSection
{
    public static string Write(FargateApplication application) =>
        Markdown.Section(
            "Notices and warnings",
            Markdown.List(
                application
                    .Notices.Where(notice => notice.IsWarning)
                    .Concat(application.Notices.Where(notice => !notice.IsWarning))
                    .Select(Item)
            )
        );

    private static string Item(Notice notice) =>
        $"{(notice.IsWarning ? "**Warning** " : "")}{(notice.Resource is { } resource ? $"{Markdown.Code(resource)}: " : "")}{Markdown.Text(notice.Text)}";
}
