using Aspire.Hosting;

namespace Hosting.Fargate.Templates;

/// <summary>A CloudFormation template.</summary>
public sealed class Template
{
    private readonly OrderedDictionary<string, TemplateResource> _resources = new(StringComparer.Ordinal);
    private readonly List<TemplateSection> _sections = [];

    internal Template(string stackName, string description)
    {
        StackName = stackName;
        Description = description;
    }

    /// <summary>The name of the stack that the template is for.</summary>
    public string StackName { get; }

    /// <summary>What the template says of itself.</summary>
    public string Description { get; set; }

    /// <summary>The parameters, each a map with <c>Type</c> and more.</summary>
    public TemplateMap Parameters { get; } = [];

    /// <summary>The conditions.</summary>
    public TemplateMap Conditions { get; } = [];

    /// <summary>The outputs, each a map with <c>Value</c> and more.</summary>
    public TemplateMap Outputs { get; } = [];

    /// <summary>The resources, in the order in which they are written.</summary>
    public IReadOnlyCollection<TemplateResource> Resources => _resources.Values;

    /// <summary>The resources again, under the headings they are written under.</summary>
    internal IReadOnlyList<TemplateSection> Sections => _sections;

    /// <summary>A resource by its logical id.</summary>
    /// <exception cref="DistributedApplicationException">There is none; the message names those there are.</exception>
    public TemplateResource this[string id] => _resources.TryGetValue(id, out var resource)
        ? resource
        : throw new DistributedApplicationException($"The template of '{StackName}' has no resource '{id}'. It has: {string.Join(", ", _resources.Keys)}.");

    /// <summary>Whether there is a resource with this logical id.</summary>
    public bool Contains(string id) => _resources.ContainsKey(id);

    /// <summary>Adds a resource at the end.</summary>
    /// <exception cref="DistributedApplicationException">Its logical id is taken.</exception>
    public void Add(TemplateResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        Add(new TemplateSection("added by ConfigureTemplate", [resource]));
    }

    /// <summary>Takes a resource out. What names it must go too.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Remove(string id)
    {
        foreach (var section in _sections)
        {
            section.Resources.RemoveAll(resource => resource.Id == id);
        }

        return _resources.Remove(id);
    }

    internal void Add(TemplateSection section)
    {
        if (section.Resources.Count == 0)
        {
            return;
        }

        foreach (var resource in section.Resources)
        {
            if (!_resources.TryAdd(resource.Id, resource))
            {
                throw new DistributedApplicationException(
                    $"Two things of the model would be '{resource.Id}' in the template: {Name(_resources[resource.Id])} and {Name(resource)}. Rename one of them.");
            }
        }

        if (_sections is [.., var last] && last.Title == section.Title)
        {
            last.Resources.AddRange(section.Resources);
        }
        else
        {
            _sections.Add(section);
        }
    }

    private static string Name(TemplateResource resource) => $"{(resource.Owner is { } owner ? $"'{owner}'" : "what all share")} ({resource.Type})";
}

/// <summary>Resources that are written under one heading.</summary>
internal sealed record TemplateSection(string Title, List<TemplateResource> Resources);
