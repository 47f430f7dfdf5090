using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Pipelines.State;

#pragma warning disable ASPIREPIPELINES001, ASPIREPIPELINES002 // The implementation of what others may only try out.

/// <summary>
/// Keeps state where the official host does, in ~/.aspire/deployments, a file an AppHost and environment: a flat JSON object whose
/// keys are paths. The file is its user's alone.
/// </summary>
internal sealed partial class FileDeploymentState(IConfiguration configuration, IHostEnvironment environment, IOptions<PipelineOptions> options)
    : IDeploymentStateManager, IDisposable
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };
    private readonly SemaphoreSlim _lock = new(1, 1);
    private readonly Dictionary<string, long> _versions = new(StringComparer.Ordinal);
    private SortedDictionary<string, JsonNode?>? _values;

    public string? StateFilePath
    {
        get
        {
            var name = environment.EnvironmentName.ToLowerInvariant();
            if (!SafeName().IsMatch(name))
            {
                throw new DistributedApplicationException(
                    $"The environment name '{name}' cannot name a file. Use letters, digits, underscores and hyphens alone.");
            }

            return configuration["AppHost:PathSha256"] is { Length: > 0 } appHost
                ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".aspire", "deployments", appHost, $"{name}.json")
                : null;
        }
    }

    public Task<DeploymentStateSection> AcquireSectionAsync(string sectionName, CancellationToken cancellationToken = default) =>
        WithValuesAsync(values =>
        {
            var section = new DeploymentStateSection(sectionName, [], _versions.GetValueOrDefault(sectionName));
            foreach (var (key, value) in Within(values, sectionName))
            {
                // The section is a single value where the key is its own name.
                Put(section.Data, key.Length > sectionName.Length ? key[(sectionName.Length + 1)..] : "", value);
            }

            return Task.FromResult(section);
        }, cancellationToken);

    public Task SaveSectionAsync(DeploymentStateSection section, CancellationToken cancellationToken = default) =>
        ReplaceAsync(section, Flatten(section.Data, section.SectionName), cancellationToken);

    public Task DeleteSectionAsync(DeploymentStateSection section, CancellationToken cancellationToken = default) =>
        ReplaceAsync(section, [], cancellationToken);

    public Task ClearAllStateAsync(CancellationToken cancellationToken = default) => WithValuesAsync(values =>
    {
        values.Clear();
        _versions.Clear();
        if (StateFilePath is { } path)
        {
            // Deleting what is not there is no error, but in a folder that is not there it is.
            if (File.Exists(path))
            {
                File.Delete(path);
            }
        }

        return Task.FromResult(true);
    }, cancellationToken);

    public void Dispose() => _lock.Dispose();

    private Task ReplaceAsync(
        DeploymentStateSection section, IEnumerable<KeyValuePair<string, JsonNode?>> replacement, CancellationToken cancellationToken) =>
        WithValuesAsync(async values =>
        {
            if (_versions.TryGetValue(section.SectionName, out var version) && version != section.Version)
            {
                throw new InvalidOperationException(
                    $"Concurrency conflict detected in section '{section.SectionName}'. Expected version {section.Version}, but current version is "
                    + $"{version}. The section was saved after it was acquired: acquire it again.");
            }

            foreach (var (key, _) in Within(values, section.SectionName).ToList())
            {
                values.Remove(key);
            }

            foreach (var (key, value) in replacement)
            {
                values[key] = value?.DeepClone();
            }

            _versions[section.SectionName] = ++section.Version;
            if (!options.Value.ClearCache && StateFilePath is { } path)
            {
                await WriteAsync(path, values, cancellationToken);
            }

            return true;
        }, cancellationToken);

    private async Task<T> WithValuesAsync<T>(Func<SortedDictionary<string, JsonNode?>, Task<T>> use, CancellationToken cancellationToken)
    {
        await _lock.WaitAsync(cancellationToken);
        try
        {
            return await use(_values ??= Read());
        }
        finally
        {
            _lock.Release();
        }
    }

    private SortedDictionary<string, JsonNode?> Read()
    {
        var values = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        if (StateFilePath is { } path && File.Exists(path))
        {
            foreach (var (key, value) in JsonNode.Parse(File.ReadAllText(path))!.AsObject())
            {
                values[key] = value?.DeepClone();
            }
        }

        return values;
    }

    private static async Task WriteAsync(string path, IReadOnlyDictionary<string, JsonNode?> values, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(path)!;
        var target = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            target.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var file = new FileStream(path, target);
        await JsonSerializer.SerializeAsync(file, values, s_indented, cancellationToken);
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Within(SortedDictionary<string, JsonNode?> values, string section) =>
        values.Where(value => value.Key == section || value.Key.StartsWith(section + ":", StringComparison.Ordinal));

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Flatten(JsonObject data, string path) => data.SelectMany(member =>
    {
        var key = member.Key.Length == 0 ? path : $"{path}:{member.Key}";
        return member.Value is JsonObject inner ? Flatten(inner, key) : [new(key, member.Value)];
    });

    private static void Put(JsonObject data, string path, JsonNode? value)
    {
        var names = path.Split(':');
        foreach (var name in names[..^1])
        {
            data = (data[name] ??= new JsonObject()).AsObject();
        }

        data[names[^1]] = value?.DeepClone();
    }

    [GeneratedRegex("^[a-z0-9_-]+$")]
    private static partial Regex SafeName();
}
