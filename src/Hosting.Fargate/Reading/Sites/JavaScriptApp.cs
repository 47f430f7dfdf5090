using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// What Aspire.Hosting.JavaScript says of an application's packages and scripts. Its annotations are known by their names, so that a model
/// without a front end needs no package:
/// https://github.com/microsoft/aspire/blob/main/src/Aspire.Hosting.JavaScript/JavaScriptPackageManagerAnnotation.cs.
/// </summary>
/// <param name="Install">What installs packages; null where the model says that nothing does.</param>
/// <param name="Build">What builds.</param>
internal sealed record JavaScriptApp(SiteCommand? Install, SiteCommand Build)
{
    private const string Namespace = "Aspire.Hosting.JavaScript.";

    /// <summary>Null where the resource has no package manager, or no script that builds.</summary>
    public static JavaScriptApp? Of(IResource resource)
    {
        if (
            Find(resource, "JavaScriptPackageManagerAnnotation") is not { } manager
            || Text(manager, "ExecutableName") is not { Length: > 0 } program
            || Find(resource, "JavaScriptBuildScriptAnnotation") is not { } script
            || Text(script, "ScriptName") is not { Length: > 0 } name
        )
        {
            return null;
        }

        var arguments = Texts(script, "Args");
        return new JavaScriptApp(
            Find(resource, "JavaScriptInstallCommandAnnotation") is { } install ? new SiteCommand(program, Texts(install, "Args")) : null,
            new SiteCommand(
                program,
                [.. Said(manager, "ScriptCommand"), name, .. arguments.Length == 0 ? [] : Said(manager, "CommandSeparator"), .. arguments]
            )
        );
    }

    private static IResourceAnnotation? Find(IResource resource, string type) =>
        resource.Annotations.LastOrDefault(annotation => annotation.GetType().FullName == Namespace + type);

    private static string? Text(object annotation, string property) =>
        annotation.GetType().GetProperty(property)?.GetValue(annotation) as string;

    private static ImmutableArray<string> Said(object annotation, string property) =>
        Text(annotation, property) is { Length: > 0 } text ? [text] : [];

    private static ImmutableArray<string> Texts(object annotation, string property) =>
        annotation.GetType().GetProperty(property)?.GetValue(annotation) is IEnumerable<string> texts ? [.. texts] : [];
}
