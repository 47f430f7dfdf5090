using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Testing.Fargate;

/// <summary>
/// The AWS CLI, as the package <c>awscli</c> has it, started once and asked again and again: tests/FargateEmulator/aws_cli.py.
/// </summary>
internal sealed class AwsCli(string url, IReadOnlyDictionary<string, string> environment) : IAsyncDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _turn = new(1);
    private Process? _process;

    /// <summary>What a command says, as JSON; an empty object where it says nothing.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has what it said.</exception>
    public async Task<JsonNode> RunAsync(params string[] arguments)
    {
        await _turn.WaitAsync(s_deadline);
        try
        {
            // SQS has an address of its own in the CLI, which no variable changes.
            var answer = await AskAsync(["--endpoint-url", url, "--output", "json", .. arguments]);
            var output = (string)answer["output"]!;
            return (int)answer["code"]! == 0
                ? string.IsNullOrWhiteSpace(output)
                    ? new JsonObject()
                    : JsonNode.Parse(output)!
                : throw new InvalidOperationException($"aws {string.Join(' ', arguments)}: {answer["errors"]}");
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false } process)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        _process?.Dispose();
        _turn.Dispose();
    }

    private async Task<JsonNode> AskAsync(string[] arguments)
    {
        _process ??= Start();
        try
        {
            await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(arguments));
            await _process.StandardInput.FlushAsync();
            if (await _process.StandardOutput.ReadLineAsync().WaitAsync(s_deadline) is { } line)
            {
                return JsonNode.Parse(line)!;
            }
        }
        catch (IOException)
        {
            // It ended before it read.
        }

        var errors = await _process.StandardError.ReadToEndAsync().WaitAsync(s_deadline);
        Assert.SkipWhen(
            errors.Contains("No module named", StringComparison.Ordinal),
            "The AWS CLI is not installed; install with: pip install awscli"
        );
        throw new InvalidOperationException($"The AWS CLI ended: {errors}");
    }

    private Process Start()
    {
        var start = new ProcessStartInfo("python3", [EmulatedAws.Script("aws_cli.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The home stays: Python's packages may be there.
        foreach (var (name, value) in environment.Where(variable => variable.Key != "HOME"))
        {
            start.Environment[name] = value;
        }

        start.Environment["AWS_CONFIG_FILE"] = start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(environment["HOME"], "none");
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("Python is not installed, which the AWS CLI needs; install it, and then: pip install awscli");
            throw;
        }
    }
}
