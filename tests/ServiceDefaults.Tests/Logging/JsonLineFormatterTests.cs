using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Aws.Ecs.Logging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ServiceDefaults.Tests.Logging;

public sealed class JsonLineFormatterTests
{
    // Far below the 1 MiB of an event: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
    private const int LineLimit = 384 * 1024;

    public static TheoryData<string> HardTexts { get; } =
        new(
            "two\nlines",
            "two\r\nlines",
            "a\u0085b\u2028c\u2029d\vе\f",
            string.Concat(Enumerable.Range(0, 32).Select(code => (char)code)),
            "\"quoted\" \\ 'and' <tagged> & +",
            "lone \ud83d surrogate, and a whole one: \ud83d\ude00",
            "\udc00",
            "{ \"not\": \"ours\" }",
            ""
        );

    [Theory]
    [MemberData(nameof(HardTexts))]
    public void Any_text_stays_one_line_and_is_read_back(string text)
    {
        var line = Line(logger => logger.LogInformation("{Text}", text));

        Assert.DoesNotContain(line, character =>
            character is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029' || char.IsControl(character)
        );
        var expected = new UTF8Encoding().GetString(new UTF8Encoding().GetBytes(text));
        Assert.Equal(expected, Parse(line).GetProperty("message").GetString());
        Assert.Equal(expected, Parse(line).GetProperty("state").GetProperty("Text").GetString());
    }

    [Theory]
    [InlineData('a')]
    [InlineData('\u0001')]
    [InlineData('\u4e2d')]
    public void A_huge_record_is_cut_to_one_event_of_CloudWatch(char character)
    {
        var huge = new string(character, 1_000_000);
        var values = Enumerable.Range(0, 100).Select(index => KeyValuePair.Create($"{index}{huge}", (object?)huge)).ToList();

        var line = Line(logger =>
        {
            using var scope = logger.BeginScope(values);
            using var text = logger.BeginScope(huge);
            logger.Log(LogLevel.Error, default, values, new InvalidOperationException(huge), (_, _) => huge);
        });

        Assert.True(Encoding.UTF8.GetByteCount(line) < LineLimit, $"{Encoding.UTF8.GetByteCount(line)} bytes");
        Assert.StartsWith("aaa".Replace('a', character), Parse(line).GetProperty("message").GetString());
        Assert.EndsWith("…", Parse(line).GetProperty("message").GetString());
    }

    [Fact]
    public void A_record_says_when_how_bad_from_where_and_what()
    {
        var before = DateTime.UtcNow;

        var record = Parse(Line(logger => logger.LogWarning(new EventId(7), "Profiled {Rows} rows of {Id}", 42, "p1")));

        Assert.InRange(record.GetProperty("timestamp").GetDateTime(), before, DateTime.UtcNow);
        Assert.Equal("Warning", record.GetProperty("level").GetString());
        Assert.Equal("Tests", record.GetProperty("category").GetString());
        Assert.Equal("Profiled 42 rows of p1", record.GetProperty("message").GetString());
        Assert.Equal(7, record.GetProperty("event_id").GetInt32());
        Assert.Equal(42, record.GetProperty("state").GetProperty("Rows").GetInt32());
        Assert.False(record.TryGetProperty("exception", out _));
        Assert.False(record.TryGetProperty("trace_id", out _));
    }

    [Fact]
    public void A_record_has_the_trace_that_it_belongs_to()
    {
        using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();

        var record = Parse(Line(logger => logger.LogInformation("in a trace")));

        Assert.Equal(activity.TraceId.ToHexString(), record.GetProperty("trace_id").GetString());
        Assert.Equal(activity.SpanId.ToHexString(), record.GetProperty("span_id").GetString());
    }

    [Fact]
    public void Scopes_are_kept_from_the_outermost_in()
    {
        var record = Parse(
            Line(logger =>
            {
                using var outer = logger.BeginScope(
                    new Dictionary<string, object?>
                    {
                        ["Job"] = "j1",
                        ["Ratio"] = double.NaN,
                        ["Done"] = null,
                    }
                );
                using var inner = logger.BeginScope("as text");
                logger.LogInformation("scoped");
            })
        );

        var scopes = record.GetProperty("scopes");
        Assert.Equal("j1", scopes[0].GetProperty("Job").GetString());
        Assert.Equal("NaN", scopes[0].GetProperty("Ratio").GetString());
        Assert.Equal(JsonValueKind.Null, scopes[0].GetProperty("Done").ValueKind);
        Assert.Equal("as text", scopes[1].GetString());
    }

    [Fact]
    public void An_exception_is_there_with_its_stack_in_the_same_line()
    {
        var exception = Assert.Throws<InvalidOperationException>(Fail);

        var line = Line(logger => logger.LogError(exception, "failed"));

        Assert.DoesNotContain('\n', line);
        Assert.Equal(exception.ToString(), Parse(line).GetProperty("exception").GetString());

        static void Fail() => throw new InvalidOperationException("first\nsecond");
    }

    [Fact]
    public void A_name_that_comes_twice_is_written_once()
    {
        var line = Line(logger => logger.LogInformation("{Id} {Id}", "first", "second"));

        Assert.Single(Parse(line).GetProperty("state").EnumerateObject());
    }

    private static JsonElement Parse(string line) => JsonDocument.Parse(line).RootElement;

    private static string Line(Action<ILogger> log)
    {
        var output = new StringWriter();
        log(new FormattingLogger(output));
        var text = output.ToString();
        Assert.EndsWith("\n", text);
        return text[..^1];
    }

    private sealed class FormattingLogger(TextWriter output) : ILogger
    {
        private readonly LoggerExternalScopeProvider _scopes = new();

        public IDisposable BeginScope<TState>(TState state)
            where TState : notnull => _scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => new JsonLineFormatter().Write(new LogEntry<TState>(logLevel, "Tests", eventId, state, exception, formatter), _scopes, output);
    }
}
