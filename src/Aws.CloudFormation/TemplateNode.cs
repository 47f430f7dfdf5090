using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Aws.CloudFormation;

/// <summary>A value in a CloudFormation template: text, number or truth, a list, a map, or an intrinsic function.</summary>
public abstract class TemplateNode
{
    /// <summary>What stands above the value in the YAML template; JSON has no comments.</summary>
    public string? Comment { get; set; }

    /// <summary>Text.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator TemplateNode?(string? value) => value is null ? null : new TemplateScalar(value);

    /// <summary>A number.</summary>
    public static implicit operator TemplateNode(int value) => new TemplateScalar(value);

    /// <summary>A number.</summary>
    public static implicit operator TemplateNode(double value) => new TemplateScalar(value);

    /// <summary>True or false.</summary>
    public static implicit operator TemplateNode(bool value) => new TemplateScalar(value);
}

/// <summary>Text, a number, true, false or null.</summary>
public sealed class TemplateScalar : TemplateNode
{
    private readonly string? _written;

    /// <param name="value">The value.</param>
    /// <param name="written">A number as JSON may have it, where that says more than the value: <c>2.0</c>, or twenty digits.</param>
    internal TemplateScalar(object? value, string? written = null)
    {
        Value = value;
        _written = written;
    }

    /// <summary>
    /// A <see cref="string"/>, <see cref="int"/>, <see cref="double"/> or <see cref="bool"/>; null where a template has null.
    /// </summary>
    public object? Value { get; }

    /// <inheritdoc/>
    public override string ToString() =>
        _written
        ?? Value switch
        {
            bool truth => truth ? "true" : "false",

            // To readers of YAML 1.1 it is no number without a point.
            double number when number.ToString(CultureInfo.InvariantCulture) is var text && text.IndexOf('E') is > 0 and var exponent =>
                text.Contains('.') ? text : text.Insert(exponent, ".0"),
            _ => Convert.ToString(Value, CultureInfo.InvariantCulture)!,
        };
}

/// <summary>Values in order.</summary>
[CollectionBuilder(typeof(TemplateList), nameof(Create))]
public sealed class TemplateList : TemplateNode, IReadOnlyList<TemplateNode>
{
    private readonly List<TemplateNode> _items;

    /// <summary>Creates a list.</summary>
    public TemplateList(IEnumerable<TemplateNode> items) => _items = [.. items];

    /// <inheritdoc/>
    public int Count => _items.Count;

    /// <inheritdoc cref="List{T}.this[int]"/>
    public TemplateNode this[int index]
    {
        get => _items[index];
        set => _items[index] = value;
    }

    /// <summary>Creates a list.</summary>
    public static TemplateList Create(ReadOnlySpan<TemplateNode> items) => new(items.ToArray());

    /// <summary>Adds a value at the end.</summary>
    public void Add(TemplateNode item) => _items.Add(item);

    /// <inheritdoc/>
    public IEnumerator<TemplateNode> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Values by name, in the order in which they were set.</summary>
public sealed class TemplateMap : TemplateNode, IEnumerable<KeyValuePair<string, TemplateNode>>
{
    private readonly OrderedDictionary<string, TemplateNode> _entries = new(StringComparer.Ordinal);

    /// <summary>How many names there are.</summary>
    public int Count => _entries.Count;

    /// <summary>The names, in order.</summary>
    public IEnumerable<string> Keys => _entries.Keys;

    /// <summary>The value of a name, null where there is none; setting null takes the name away.</summary>
    public TemplateNode? this[string name]
    {
        get => _entries.GetValueOrDefault(name);
        set
        {
            if (value is null)
            {
                _entries.Remove(name);
            }
            else
            {
                _entries[name] = value;
            }
        }
    }

    /// <summary>The map under a name; made where there is none.</summary>
    /// <exception cref="InvalidOperationException">What is there is no map.</exception>
    public TemplateMap Map(string name)
    {
        this[name] ??= new TemplateMap();
        return this[name] as TemplateMap ?? throw new InvalidOperationException($"'{name}' is not a map.");
    }

    /// <summary>A map of the same values and with the same comment, which can become another one without changing this one.</summary>
    public TemplateMap Copy()
    {
        TemplateMap copy = new() { Comment = Comment };
        foreach (var (name, value) in _entries)
        {
            copy[name] = value;
        }

        return copy;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, TemplateNode>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>An intrinsic function and what it is given: <c>Ref</c>, <c>Fn::GetAtt</c>, <c>Fn::Sub</c>, <c>Fn::ImportValue</c> …</summary>
public sealed class TemplateFunction(string name, TemplateNode argument) : TemplateNode
{
    /// <summary>The name as JSON has it: <c>Ref</c> or <c>Fn::</c> and a name.</summary>
    public string Name { get; } = name;

    /// <summary>What it is given.</summary>
    public TemplateNode Argument { get; } = argument;
}
