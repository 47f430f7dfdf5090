using System.Globalization;

namespace Hosting.Fargate.Reporting;

/// <summary>
/// The console of a verb. At a terminal the last line says what is being worked on, for how long, and what it waits for; lines that stay
/// are written above it. Where the output goes to a file or to CI, the lines that stay are all there is.
/// </summary>
internal sealed class LiveConsole : IDisposable
{
    private const string EraseLine = "\r\e[2K";
    private const string Frames = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
    private static readonly TimeSpan s_redraw = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly TextWriter _output;
    private readonly TextWriter _error;
    private readonly Func<int>? _width;
    private readonly TimeProvider _time;
    private readonly ITimer? _timer;
    private readonly List<Work> _works = [];
    private string? _detail;
    private bool _isShown;
    private bool _isPaused;
    private int _frame;

    /// <param name="output">Where lines go.</param>
    /// <param name="error">Where it is said what failed.</param>
    /// <param name="width">How many columns the terminal has now; null where there is none.</param>
    /// <param name="colors">Whether marks have a colour.</param>
    /// <param name="time">The clock.</param>
    public LiveConsole(TextWriter output, TextWriter error, Func<int>? width, bool colors, TimeProvider time)
    {
        (_output, _error, _width, HasColors, _time) = (output, error, width, colors, time);
        _timer = width is null ? null : time.CreateTimer(_ => Redraw(), null, s_redraw, s_redraw);
    }

    /// <summary>Whether marks have a colour: at a terminal, unless https://no-color.org says otherwise.</summary>
    public bool HasColors { get; }

    /// <summary>The console of this process.</summary>
    public static LiveConsole OfProcess()
    {
        var isTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb";
        var colors = isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new LiveConsole(Console.Out, Console.Error, isTerminal ? () => Console.WindowWidth : null, colors, TimeProvider.System);
    }

    /// <summary>Writes a line that stays.</summary>
    public void Line(string text) => Write(_output, text);

    /// <summary>Writes a line that says what failed.</summary>
    public void ErrorLine(string text) => Write(_error, text);

    /// <summary>Says that something is being worked on, until what is returned is disposed.</summary>
    public IDisposable Begin(string title)
    {
        var work = new Work(this, title, _time.GetTimestamp());
        lock (_lock)
        {
            _works.Add(work);
            _detail = null;
            Draw();
        }

        return work;
    }

    /// <summary>Says what is being waited for, in place of what was said before; null for nothing.</summary>
    public void Detail(string? text)
    {
        lock (_lock)
        {
            _detail = text;
            Draw();
        }
    }

    /// <summary>Leaves the terminal to a question, until what is returned is disposed.</summary>
    public IDisposable Pause()
    {
        lock (_lock)
        {
            Erase();
            _isPaused = true;
        }

        return new Pausing(this);
    }

    public void Dispose()
    {
        _timer?.Dispose();
        lock (_lock)
        {
            Erase();
        }
    }

    private void Write(TextWriter writer, string text)
    {
        lock (_lock)
        {
            Erase();
            writer.WriteLine(text);
            writer.Flush();
            Draw();
        }
    }

    private void Redraw()
    {
        lock (_lock)
        {
            _frame++;
            Draw();
        }
    }

    private void Draw()
    {
        if (_width is null || _isPaused)
        {
            return;
        }

        if (_works is not [.., var work])
        {
            Erase();
            return;
        }

        var seconds = _time.GetElapsedTime(work.Begun).TotalSeconds;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{Frames[_frame % Frames.Length]} {work.Title}  {seconds:0}s{(_detail is null ? "" : $"  {_detail}")}"
        );

        // A line that wraps could not be erased.
        var columns = Math.Max(20, _width()) - 1;
        _output.Write(EraseLine + (text.Length <= columns ? text : text[..(columns - 1)] + "…"));
        _output.Flush();
        _isShown = true;
    }

    private void Erase()
    {
        if (_isShown)
        {
            _output.Write(EraseLine);
            _output.Flush();
            _isShown = false;
        }
    }

    private sealed class Work(LiveConsole console, string title, long begun) : IDisposable
    {
        public string Title => title;

        public long Begun => begun;

        public void Dispose()
        {
            lock (console._lock)
            {
                if (console._works.Remove(this))
                {
                    console._detail = null;
                    console.Draw();
                }
            }
        }
    }

    private sealed class Pausing(LiveConsole console) : IDisposable
    {
        public void Dispose()
        {
            lock (console._lock)
            {
                console._isPaused = false;
                console.Draw();
            }
        }
    }
}
