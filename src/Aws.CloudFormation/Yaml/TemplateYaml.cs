using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Aws.CloudFormation;

/// <summary>A template for people: sections with headings, a comment above what has a reason, short things on one line.</summary>
public sealed class TemplateYaml
{
    /// <summary>How long a line may be before what is on it goes on lines of its own.</summary>
    private const int LineWidth = 140;

    /// <summary>By which a comment is known until it is in its place; no value has it unescaped.</summary>
    private const string CommentMark = "\u0001";

    private readonly StringBuilder _text = new();
    private readonly InlineWidths _widths = new();

    private TemplateYaml() { }

    /// <summary>The template as YAML.</summary>
    /// <param name="template">The template.</param>
    /// <param name="header">A comment at its beginning.</param>
    public static string Write(Template template, string header)
    {
        ArgumentNullException.ThrowIfNull(template);
        var writer = new TemplateYaml();
        writer.Comment(header, 0);
        writer.Entry("AWSTemplateFormatVersion", "2010-09-09", 0);
        writer.Entry("Description", template.Description, 0);
        writer.Map("Parameters", template.Parameters);
        writer.Map("Conditions", template.Conditions);
        writer.Resources(template);
        writer.Map("Outputs", template.Outputs);
        return writer._text.ToString();
    }

    private void Resources(Template template)
    {
        _text.Append(template.Resources.Count == 0 ? "\nResources: {}\n" : "\nResources:\n");
        foreach (var section in template.Sections.Where(section => section.Resources.Count > 0))
        {
            Heading(section.Title);
            foreach (var (index, resource) in section.Resources.Index())
            {
                if (index > 0)
                {
                    _text.Append('\n');
                }

                Comment(resource.Comment, 2);
                Entry(resource.Id, resource.ToMap(), 2);
            }
        }
    }

    private void Heading(string title)
    {
        var rule = new string('-', Math.Max(4, 100 - title.Length));
        _text.Append("\n  # ").Append(rule).Append(' ').Append(title).Append('\n');
    }

    private void Map(string name, TemplateMap map)
    {
        if (map.Count == 0)
        {
            return;
        }

        _text.Append('\n').Append(name).Append(":\n");
        foreach (var (key, value) in map)
        {
            Comment(value.Comment, 2);
            Entry(key, value, 2);
        }
    }

    private void Comment(string? comment, int indent)
    {
        foreach (var line in CommentLines.Wrap(comment, LineWidth - indent - 2))
        {
            _text.Append(' ', indent).Append("# ").Append(line).Append('\n');
        }
    }

    /// <summary>One entry of a map, laid out by the emitter on its own and then moved to its place.</summary>
    private void Entry(string key, TemplateNode value, int indent)
    {
        using var yaml = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(
            yaml,
            new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024, indentSequences: true)
        );
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, MappingStyle.Block));
        EmitKey(emitter, key, isFlow: false);
        Emit(emitter, value, indent + key.Length + 2, indent, isFlow: false);
        emitter.Emit(new MappingEnd());
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        var lines = yaml.ToString()[..^1].Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = IsComment(lines[i]) ? AboveNext(lines, i) : lines[i];
            if (line.Length > 0)
            {
                _text.Append(' ', indent).Append(line.Replace(CommentMark, "", StringComparison.Ordinal));
            }

            _text.Append('\n');
        }
    }

    /// <summary>The emitter puts a comment before the first item of a list one level too far left.</summary>
    private static string AboveNext(string[] lines, int comment)
    {
        var next = lines.Skip(comment + 1).FirstOrDefault(line => !IsComment(line)) ?? "";
        return new string(' ', next.Length - next.TrimStart(' ').Length) + lines[comment].TrimStart(' ');
    }

    /// <summary>A line that the emitter was given as a comment: the lines of a script begin so too.</summary>
    private static bool IsComment(string line) => line.TrimStart(' ').StartsWith($"# {CommentMark}", StringComparison.Ordinal);

    /// <param name="emitter">Where to.</param>
    /// <param name="node">What.</param>
    /// <param name="column">Where on the line it begins.</param>
    /// <param name="indent">How far what it is in is indented.</param>
    /// <param name="isFlow">Whether it is inside of something on one line.</param>
    /// <param name="tag">The intrinsic function whose argument it is.</param>
    private void Emit(Emitter emitter, TemplateNode node, int column, int indent, bool isFlow, string? tag = null)
    {
        var onOneLine = isFlow || _widths.Of(node) is { } width && column + width <= LineWidth;
        switch (node)
        {
            case TemplateScalar scalar:
                emitter.Emit(YamlScalars.Create(scalar, tag, isFlow));
                break;
            case TemplateFunction function when YamlScalars.TagOf(function) is { } shortForm:
                Emit(emitter, function.Argument, column + function.Name.Length, indent, isFlow, shortForm);
                break;
            case TemplateFunction function:
                Emit(emitter, new TemplateMap { [function.Name] = function.Argument }, column, indent, isFlow);
                break;
            case TemplateList list:
                emitter.Emit(
                    new SequenceStart(AnchorName.Empty, TagOrNone(tag), tag is null, onOneLine ? SequenceStyle.Flow : SequenceStyle.Block)
                );
                foreach (var item in list)
                {
                    EmitComment(emitter, item, indent + 4, onOneLine);
                    Emit(emitter, item, indent + 6, indent + 4, onOneLine);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case TemplateMap map:
                emitter.Emit(
                    new MappingStart(AnchorName.Empty, TagOrNone(tag), tag is null, onOneLine ? MappingStyle.Flow : MappingStyle.Block)
                );
                foreach (var (key, value) in map)
                {
                    EmitComment(emitter, value, indent + 2, onOneLine);
                    EmitKey(emitter, key, onOneLine);
                    Emit(emitter, value, indent + 2 + key.Length + 2, indent + 2, onOneLine);
                }

                emitter.Emit(new MappingEnd());
                break;
        }
    }

    private static void EmitComment(Emitter emitter, TemplateNode node, int indent, bool isFlow)
    {
        foreach (var line in isFlow ? [] : CommentLines.Wrap(node.Comment, LineWidth - indent - 2))
        {
            emitter.Emit(new Comment(CommentMark + line, isInline: false));
        }
    }

    private static void EmitKey(Emitter emitter, string key, bool isFlow) => emitter.Emit(YamlScalars.Create(key, tag: null, isFlow));

    private static TagName TagOrNone(string? tag) => tag is null ? TagName.Empty : new TagName(tag);
}
