namespace Aspire.Hosting.Pipelines.Execution;

#pragma warning disable ASPIREPIPELINES001 // The implementation of what others may only try out.

/// <summary>The steps of a pipeline by name, each knowing all that comes before it.</summary>
internal sealed class PipelineGraph
{
    private readonly Dictionary<string, PipelineStep> _steps;

    private PipelineGraph(IEnumerable<PipelineStep> steps) => _steps = steps.ToDictionary(step => step.Name, StringComparer.Ordinal);

    public IReadOnlyCollection<PipelineStep> Steps => _steps.Values;

    /// <summary>Checks names and dependencies, and turns "required by" into its inverse.</summary>
    /// <exception cref="InvalidOperationException">A name is taken twice, or a dependency names no step.</exception>
    public static PipelineGraph Create(IReadOnlyCollection<PipelineStep> steps)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var step in steps)
        {
            if (!names.Add(step.Name))
            {
                throw new InvalidOperationException($"Duplicate step name: '{step.Name}'");
            }
        }

        foreach (var step in steps)
        {
            if (step.DependsOnSteps.FirstOrDefault(name => !names.Contains(name)) is { } dependency)
            {
                throw new InvalidOperationException($"Step '{step.Name}' depends on unknown step '{dependency}'");
            }

            if (step.RequiredBySteps.FirstOrDefault(name => !names.Contains(name)) is { } dependent)
            {
                throw new InvalidOperationException($"Step '{step.Name}' is required by unknown step '{dependent}'");
            }
        }

        var graph = new PipelineGraph(steps);
        foreach (var step in steps)
        {
            foreach (var dependent in step.RequiredBySteps.Select(name => graph._steps[name]))
            {
                if (!dependent.DependsOnSteps.Contains(step.Name))
                {
                    dependent.DependsOnSteps.Add(step.Name);
                }
            }
        }

        return graph;
    }

    /// <summary>A step and all that it depends on.</summary>
    /// <exception cref="InvalidOperationException">There is no such step; the message lists those there are.</exception>
    public PipelineGraph UpTo(string name)
    {
        if (!_steps.ContainsKey(name))
        {
            var available = string.Join(", ", _steps.Keys.Order(StringComparer.Ordinal).Select(step => $"'{step}'"));
            throw new InvalidOperationException($"Step '{name}' not found in pipeline. Available steps: {available}");
        }

        var needed = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([name]);
        while (open.TryPop(out var current))
        {
            if (needed.Add(current))
            {
                _steps[current].DependsOnSteps.ForEach(open.Push);
            }
        }

        return new(_steps.Values.Where(step => needed.Contains(step.Name)));
    }

    /// <summary>The steps, each after all that it depends on; else in the order of their names.</summary>
    /// <exception cref="InvalidOperationException">Steps depend on each other in a circle.</exception>
    public IReadOnlyList<PipelineStep> InOrder()
    {
        var ordered = new List<PipelineStep>(_steps.Count);
        var done = new HashSet<string>(StringComparer.Ordinal);
        var path = new List<string>();
        foreach (var name in _steps.Keys.Order(StringComparer.Ordinal))
        {
            Visit(name);
        }

        return ordered;

        void Visit(string name)
        {
            if (path.IndexOf(name) is >= 0 and var start)
            {
                throw new InvalidOperationException(
                    $"Circular dependency detected in pipeline steps: {string.Join(" → ", path[start..].Append(name))}");
            }

            if (done.Contains(name))
            {
                return;
            }

            path.Add(name);
            foreach (var dependency in _steps[name].DependsOnSteps.Order(StringComparer.Ordinal))
            {
                Visit(dependency);
            }

            path.RemoveAt(path.Count - 1);
            done.Add(name);
            ordered.Add(_steps[name]);
        }
    }

    /// <summary>How many steps come before each, one after the other at the least.</summary>
    public IReadOnlyDictionary<string, int> Levels()
    {
        var levels = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var step in InOrder())
        {
            levels[step.Name] = step.DependsOnSteps.Select(name => levels[name] + 1).DefaultIfEmpty(0).Max();
        }

        return levels;
    }
}
