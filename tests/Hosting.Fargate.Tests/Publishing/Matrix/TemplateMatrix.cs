using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Publishing;

namespace Hosting.Fargate.Tests.Publishing;

/// <summary>
/// Models that turn on every public option, and each with each other where they go together. A new option takes a value in
/// <see cref="EnvironmentDimensions"/>, <see cref="ServiceDimensions"/> or <see cref="DataDimensions"/>, and a line in
/// <see cref="MatrixExclusions"/> for what it is refused with.
/// </summary>
internal static class TemplateMatrix
{
    private static readonly Lazy<Task<IReadOnlyList<Row>>> s_models = new(PublishAsync);

    private static readonly Lazy<(IReadOnlyList<int[]> Rows, IReadOnlyList<AllPairs.Pair> Impossible)> s_cover = new(() =>
        AllPairs.Cover(Sizes!, IsAllowed)
    );

    private static readonly Lazy<Exclusion[]> s_exclusions = new(() => [.. Exclusions]);

    /// <summary>What is chosen for each model, in the order in which it is applied. The first value of each is the default.</summary>
    public static IReadOnlyList<Dimension> Dimensions { get; } =
    [
        .. EnvironmentDimensions.All,
        .. ServiceDimensions.All,
        .. DataDimensions.All,
        // Where the model goes; last, for all resources are there.
        new("environments", ("one", _ => { }), ("two", m =>
            {
                var office = m.Builder.AddFargateEnvironment("office");
                foreach (var resource in m.Builder.Resources.OfType<IComputeResource>().ToList())
                {
                    m.Builder.CreateResourceBuilder(resource).WithComputeEnvironment(m.Environment);
                }

                m.Builder.AddWorker("desk").WithEnvironment("API", m.ApiEndpoints.GetEndpoint("http")).WithComputeEnvironment(office);
            })),
        new("host environment", ("Production", _ => { }), ("Staging", _ => { })),
    ];

    /// <summary>Values that the reader refuses together, and the reason that it gives.</summary>
    public static IReadOnlyList<Exclusion> Exclusions => MatrixExclusions.All;

    /// <summary>The models of the matrix as published, each once for all tests.</summary>
    public static Task<IReadOnlyList<Row>> Models => s_models.Value;

    /// <summary>
    /// The models for what takes seconds a model: as many as it takes for each value of each dimension, those with most of them first;
    /// all where <c>MODEL_MATRIX=all</c> says so.
    /// </summary>
    public static async Task<IReadOnlyList<Row>> ModelsForTools()
    {
        var rows = await Models;
        if (Environment.GetEnvironmentVariable("MODEL_MATRIX") == "all")
        {
            return rows;
        }

        var missing = Sizes.SelectMany((size, dimension) => Enumerable.Range(0, size).Select(value => (dimension, value))).ToHashSet();
        List<Row> chosen = [];
        while (missing.Count > 0)
        {
            var next = rows.Except(chosen)
                .MaxBy(row => row.Choices.Index().Count(choice => missing.Contains((choice.Index, choice.Item))))!;
            missing.ExceptWith(next.Choices.Index().Select(choice => (choice.Index, choice.Item)));
            chosen.Add(next);
        }

        return chosen;
    }

    /// <summary>The choices of each model, and the pairs of which no model can be.</summary>
    public static (IReadOnlyList<int[]> Rows, IReadOnlyList<AllPairs.Pair> Impossible) Cover => s_cover.Value;

    public static IReadOnlyList<int> Sizes { get; } = [.. Dimensions.Select(dimension => dimension.Values.Length)];

    /// <summary>Publishes all models anew.</summary>
    public static async Task<IReadOnlyList<Row>> PublishAsync()
    {
        List<Row> rows = [];
        foreach (var (index, choices) in Cover.Rows.Index())
        {
            var name = $"model {index + 1}: {Describe(choices)}";
            try
            {
                rows.Add(new Row(name, choices, await PublishAsync(choices)));
            }
            catch (DistributedApplicationException exception)
            {
                throw new InvalidOperationException($"{name}{Environment.NewLine}{exception.Message}", exception);
            }
        }

        return rows;
    }

    /// <summary>Publishes the environments of one model.</summary>
    public static Task<IReadOnlyList<Publication>> PublishAsync(int[] choices)
    {
        string[] args =
            Dimensions[^1].Values[choices[^1]].Name == "Staging" ? ["--environment", "Staging", "--Fargate:Environment", "staging"] : [];
        return Published.EnvironmentsAsync(
            builder =>
            {
                var model = new MatrixModel(builder);
                foreach (var (dimension, value) in Dimensions.Zip(choices))
                {
                    dimension.Values[value].Apply(model);
                }
            },
            args
        );
    }

    /// <summary>Whether no exclusion is in the values that are chosen.</summary>
    public static bool IsAllowed(int[] choices)
    {
        foreach (var exclusion in s_exclusions.Value)
        {
            if (exclusion.IsIn(choices))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The index of a dimension.</summary>
    public static int IndexOf(string dimension) => Dimensions.Index().Single(entry => entry.Item.Name == dimension).Index;

    /// <summary>What is chosen other than by default.</summary>
    public static string Describe(int[] choices) =>
        string.Join(
            ", ",
            Dimensions
                .Zip(choices)
                .Where(pair => pair.Second > 0)
                .Select(pair => $"{pair.First.Name}: {pair.First.Values[pair.Second].Name}")
        );

    /// <summary>A model of the matrix.</summary>
    /// <param name="Name">What it turns on.</param>
    /// <param name="Choices">The value of each dimension.</param>
    /// <param name="Publications">What was published, by environment.</param>
    internal sealed record Row(string Name, int[] Choices, IReadOnlyList<Publication> Publications);

    internal sealed record Dimension(string Name, params (string Name, Action<MatrixModel> Apply)[] Values);

    /// <param name="Reason">Words of the refusal.</param>
    /// <param name="Parts">Dimensions, and their values that are refused with those of the others.</param>
    internal sealed record Exclusion(string Reason, params (string Dimension, string[] Values)[] Parts)
    {
        private readonly Lazy<(int Dimension, int[] Values)[]> _indexes = new(() =>
            [
                .. Parts.Select(part =>
                    (
                        IndexOf(part.Dimension),
                        part.Values.Select(name =>
                                Dimensions[IndexOf(part.Dimension)].Values.Index().Single(value => value.Item.Name == name).Index
                            )
                            .ToArray()
                    )
                ),
            ]
        );

        public (int Dimension, int[] Values)[] Indexes => _indexes.Value;

        /// <summary>Asked millions of times, while the rows are looked for.</summary>
        public bool IsIn(int[] choices)
        {
            foreach (var (dimension, values) in Indexes)
            {
                if (Array.IndexOf(values, choices[dimension]) < 0)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
