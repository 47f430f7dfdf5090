using System.Collections;
using System.Text.Json;

namespace Deploy.AppHost;

/// <summary>
/// Verbs on the standard input, a line of JSON each; the exit code and what was printed on the standard output, a line each.
/// </summary>
internal static class Requests
{
    /// <summary>The variable that asks for it.</summary>
    public const string Variable = "APPHOST_SERVES_REQUESTS";

    public static void Serve(Action<string[]> run)
    {
        var (questions, answers) = (Console.In, Console.Out);
        Console.SetIn(TextReader.Null);
        while (questions.ReadLine() is { } line)
        {
            var request = JsonSerializer.Deserialize<Request>(line)!;
            var before = Environment
                .GetEnvironmentVariables()
                .Cast<DictionaryEntry>()
                .ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value);
            Set(request.Environment);
            using var output = new StringWriter();
            Console.SetOut(TextWriter.Synchronized(output));
            Console.SetError(Console.Out);
            var code = Run(run, request.Arguments);
            Set(request.Environment.ToDictionary(pair => pair.Key, pair => before.GetValueOrDefault(pair.Key)));
            answers.WriteLine(JsonSerializer.Serialize(new Answer(code, output.ToString())));
            answers.Flush();
        }
    }

    private static int Run(Action<string[]> run, string[] arguments)
    {
        Environment.ExitCode = 0;
        try
        {
            run(arguments);
            return Environment.ExitCode;
        }
        catch (Exception exception)
        {
            // As a process that nobody catches it for ends.
            Console.Error.WriteLine($"Unhandled exception. {exception}");
            return 134;
        }
        finally
        {
            Environment.ExitCode = 0;
        }
    }

    private static void Set(Dictionary<string, string?> environment)
    {
        foreach (var (name, value) in environment)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    private sealed record Request(string[] Arguments, Dictionary<string, string?> Environment);

    private sealed record Answer(int Code, string Output);
}
