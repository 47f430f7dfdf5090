using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Markup;

namespace Hosting.Fargate.Writing;

/// <summary>
/// What the application's stack is told from outside. Of a secret there is its name alone: nothing that is read here has its value.
/// </summary>
internal static class ParametersSection
{
    public static string Write(FargateApplication application, IReadOnlyList<Template> templates)
    {
        var table = new MarkdownTable("Parameter", "What", "Value now");
        var known = application.Parameters.Select(parameter => parameter.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var parameter in application.Parameters)
        {
            table.Row(Markdown.Code(parameter.Id), WhatOf(parameter), ValueOf(parameter));
        }

        foreach (var parameter in OfTemplate(application, templates).Where(parameter => !known.Contains(parameter.Id)))
        {
            table.Row(
                Markdown.Code(parameter.Id),
                Markdown.Text(parameter.Properties.Comment ?? ""),
                parameter.HasDefault ? "has a default" : "none: known when it is deployed"
            );
        }

        foreach (var secret in application.Secrets)
        {
            table.Row(
                Markdown.Code(secret.Path),
                $"{Markdown.Text(secret.Description ?? "a secret of the model")}{(secret.Format == ValueFormat.Uri ? ", percent-encoded to stand in an address" : "")}, {Markdown.Code($"{application.Name}/{secret.Path}")} in Secrets Manager",
                secret.HoldsKeys ? "keys: made and renewed by deploy"
                    : secret.IsGenerated ? "secret: made up once"
                    : "secret: deploy asks for it"
            );
        }

        return Markdown.Section("Parameters", table.ToString());
    }

    /// <summary>The parameters of the application's template that have no value yet.</summary>
    public static IEnumerable<string> WithoutValue(FargateApplication application, IReadOnlyList<Template> templates)
    {
        var known = application
            .Parameters.Where(parameter => parameter.Current is not null)
            .Select(parameter => parameter.Id)
            .ToHashSet(StringComparer.Ordinal);
        return OfTemplate(application, templates)
            .Where(parameter => !known.Contains(parameter.Id) && !parameter.HasDefault)
            .Select(parameter => parameter.Id);
    }

    /// <summary>Without those that the foundation gives.</summary>
    private static IEnumerable<TemplateParameter> OfTemplate(FargateApplication application, IReadOnlyList<Template> templates) =>
        from template in templates
        where template.StackName == application.Name
        from id in template.Parameters.Keys.Except(FoundationOutputs.ParametersOf(application, template))
        select new TemplateParameter(id, template.Parameters[id]!);

    private sealed record TemplateParameter(string Id, TemplateNode Properties)
    {
        public bool HasDefault => (Properties as TemplateMap)?["Default"] is not null;
    }

    private static string WhatOf(ParameterSpec parameter) =>
        (parameter.Description is { } description ? Markdown.Text(description) : $"{Markdown.Code(parameter.Name)} of the model")
        + parameter.Format switch
        {
            ValueFormat.Uri => ", percent-encoded to stand in an address",
            ValueFormat.Lowercase => ", in lower case to be compared",
            _ => "",
        };

    private static string ValueOf(ParameterSpec parameter) =>
        (parameter.Current ?? parameter.Default) switch
        {
            null => "none: deploy asks for it",
            "" => "empty",
            var value => Markdown.Code(value),
        };
}
