namespace Aws.CloudFormation;

/// <summary>A CloudFormation template.</summary>
public sealed class Template
{
    private const string AddedLater = "added by ConfigureTemplate";

    private readonly OrderedDictionary<string, TemplateResource> _resources = new(StringComparer.Ordinal);
    private readonly List<TemplateSection> _sections = [];
    private readonly List<string> _clashes = [];
    private readonly OrderedDictionary<string, string> _parameterOwners = new(StringComparer.Ordinal);

    /// <summary>Creates an empty template.</summary>
    /// <param name="stackName">The name of the stack that it is for.</param>
    /// <param name="description">What it says of itself.</param>
    public Template(string stackName, string description)
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
    public IReadOnlyList<TemplateSection> Sections => _sections;

    /// <summary>What would be one thing in the template and is two in the model: a sentence each.</summary>
    public IReadOnlyList<string> Clashes => _clashes;

    /// <summary>A resource by its logical id.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message names those there are.</exception>
    public TemplateResource this[string id] =>
        _resources.TryGetValue(id, out var resource)
            ? resource
            : throw new KeyNotFoundException(
                $"The template of '{StackName}' has no resource '{id}'. It has: {string.Join(", ", _resources.Keys)}."
            );

    /// <summary>Whether there is a resource with this logical id.</summary>
    public bool Contains(string id) => _resources.ContainsKey(id);

    /// <summary>The resources of a type.</summary>
    /// <param name="type">Such as <c>AWS::ECS::Service</c>.</param>
    public IEnumerable<TemplateResource> OfType(string type) => Resources.Where(resource => resource.Type == type);

    /// <summary>
    /// The resources of the template that each resource needs first: those in its DependsOn and those its properties refer to.
    /// </summary>
    public OrderedDictionary<string, IReadOnlyList<string>> Dependencies()
    {
        OrderedDictionary<string, IReadOnlyList<string>> dependencies = new(StringComparer.Ordinal);
        foreach (var resource in Resources)
        {
            var ids = resource.DependsOn.Concat(resource.Properties.References());
            dependencies[resource.Id] = [.. ids.Where(Contains).Distinct(StringComparer.Ordinal)];
        }

        return dependencies;
    }

    /// <summary>Adds a resource at the end.</summary>
    /// <exception cref="InvalidOperationException">Its logical id is taken.</exception>
    public void Add(TemplateResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        if (_resources.TryGetValue(resource.Id, out var taken))
        {
            throw new InvalidOperationException(Clash(resource.Id, Name(taken), Name(resource)));
        }

        Add(new TemplateSection(AddedLater, [resource]));
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

    /// <summary>Adds resources under a heading. One whose logical id is taken is left out, and noted in <see cref="Clashes"/>.</summary>
    public void Add(TemplateSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        if (section.Resources.Count == 0)
        {
            return;
        }

        List<TemplateResource> added = [];
        foreach (var resource in section.Resources)
        {
            if (_resources.TryAdd(resource.Id, resource))
            {
                added.Add(resource);
            }
            else
            {
                _clashes.Add(Clash(resource.Id, Name(_resources[resource.Id]), Name(resource)));
            }
        }

        if (_sections is [.., var last] && last.Title == section.Title)
        {
            last.Resources.AddRange(added);
        }
        else
        {
            _sections.Add(section with { Resources = added });
        }
    }

    /// <summary>Adds a parameter that a part of the model brings.</summary>
    /// <param name="id">Its logical id.</param>
    /// <param name="owner">What brings it, as a refusal names it: <c>'api' (its image)</c>.</param>
    /// <param name="parameter">The parameter.</param>
    public void AddParameter(string id, string owner, TemplateMap parameter)
    {
        if (_parameterOwners.TryAdd(id, owner))
        {
            Parameters[id] = parameter;
        }
        else
        {
            _clashes.Add(Clash(id, _parameterOwners[id], owner));
        }
    }

    /// <summary>Notes the parameters that have the logical id of a resource. To be called when all is added.</summary>
    public void NoteClashesOfParameters() =>
        _clashes.AddRange(
            _parameterOwners
                .Keys.Where(_resources.ContainsKey)
                .Select(parameter => Clash(parameter, _parameterOwners[parameter], Name(_resources[parameter])))
        );

    private static string Clash(string id, string one, string other) =>
        $"Two things of the model would be '{id}' in the template: {one} and {other}. Rename one of them.";

    private static string Name(TemplateResource resource) =>
        $"{(resource.Owner is { } owner ? $"'{owner}'" : "what all share")} ({resource.Type})";
}

/// <summary>Resources that are written under one heading.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Resources">What is under it.</param>
public sealed record TemplateSection(string Title, List<TemplateResource> Resources);
