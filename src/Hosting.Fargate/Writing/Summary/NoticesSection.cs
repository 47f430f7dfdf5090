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
                ToldOnce
                    .Group(application.Notices.Where(notice => notice.IsWarning))
                    .Concat(ToldOnce.Group(application.Notices.Where(notice => !notice.IsWarning)))
                    .Select(same => (same[0].IsWarning ? "**Warning** " : "") + Item(same))
            )
        );

    private static string Item(IReadOnlyList<Notice> same)
    {
        List<string> resources = [.. same.Select(notice => notice.Resource).OfType<string>().Select(Markdown.Code)];
        return same.Select(notice => notice.Fact).Distinct().Count() > 1
            ? string.Join("; ", same.Select((notice, place) => $"{resources[place]}: {Markdown.Text(notice.Fact)}"))
                + Markdown.Text(same[0].Reason)
            : $"{(resources.Count > 0 ? $"{string.Join(", ", resources)}: " : "")}{Markdown.Text(same[0].Text)}";
    }
}
