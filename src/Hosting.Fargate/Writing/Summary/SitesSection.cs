using Hosting.Fargate.Application;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Markup;

namespace Hosting.Fargate.Writing;

/// <summary>Front ends that are files: how they are built, and where browsers find them.</summary>
internal static class SitesSection
{
    public static string Write(FargateApplication application)
    {
        var table = new MarkdownTable("Site", "Address", "Built by", "Its files", "What the build is told");
        foreach (var site in application.Sites)
        {
            table.Row(
                Markdown.Code(site.Name),
                $"{Markdown.Code(SiteAddress.Text(application, site))} (output {Markdown.Code(SiteAddress.OutputId(site))})",
                BuiltBy(site.Build),
                Markdown.Code(site.Build.Output),
                site.Variables.Length == 0
                    ? "nothing"
                    : string.Join(", ", site.Variables.Select(variable => $"{Markdown.Code(variable.Name)} {ValueOf(variable.Value)}"))
            );
        }

        return table.Count == 0
            ? ""
            : Markdown.Section(
                "Sites",
                $"{table}",
                Markdown.Paragraph(
                    "Files with a hash in their name stay in browsers for a year. All others they ask for each time; CloudFront keeps these for "
                        + $"an hour, but no pages. {DeepLinks(application)} {Paths(application)}"
                ),
                Markdown.Paragraph(
                    "`deploy` builds before anything changes, sends what is new before services roll, and switches the pages "
                        + "after. The files of "
                        + "the ten newest releases stay in the bucket, so that open pages find theirs and going back sends "
                        + "pages alone; deploy "
                        + "deletes older ones."
                )
            );
    }

    private static string BuiltBy(SiteBuild build) =>
        build switch
        {
            LocalBuild local =>
                $"{string.Join(", ", new[] { local.Install, local.Command }.OfType<SiteCommand>().Select(command => Markdown.Code($"{command}")))} "
                    + $"in {Markdown.Code(local.ShownFolder)}, from the AppHost's folder",
            _ => "Docker or Podman",
        };

    private static string ValueOf(Value value) =>
        value is Text { Content: "" } ? "(empty: the same origin)"
        : value is Text text ? $"= {Markdown.Code(text.Content)}"
        : value is ParameterValue parameter ? $"= the parameter {Markdown.Code(parameter.Parameter.Name)}"
        : "= parameters in a text";

    private static string DeepLinks(FargateApplication application) =>
        application.Sites.All(site => site.DeepLinks)
            ? "An address that names no file is `index.html`."
            : "An address that names no file is an `index.html`: of the site, or with `DeepLinks = false` the one below it.";

    private static string Paths(FargateApplication application) =>
        application.HasEdge && EdgeDistribution.PathsOf(application).ToList() is { Count: > 0 } paths
            ? $"{Markdown.Codes(paths)} {(paths.Count == 1 ? "is" : "are")} the services', under the same name, with their own "
                + "answers to errors."
            : "";
}
