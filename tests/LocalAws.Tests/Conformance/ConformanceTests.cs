using LocalAws.Tests.Emulators;

namespace LocalAws.Tests.Conformance;

/// <summary>Tests that LocalAws and moto have in common, through the official clients.</summary>
public abstract class ConformanceTests
{
    protected ConformanceTests(Emulator emulator)
    {
        emulator.RequirePresent();
        Emulator = emulator;
    }

    protected Emulator Emulator { get; }

    /// <summary>What AWS refuses, as its page <paramref name="source"/> says, and moto accepts.</summary>
    protected async Task RefusedButByMotoAsync<TException>(Func<Task> call, string source)
        where TException : Exception
    {
        var isRefused = await Record.ExceptionAsync(call) switch
        {
            null => false,
            TException => true,
            var other => throw other,
        };
        Assert.Equal(Emulator.Expected(aws: true, moto: false, source), isRefused);
    }

    protected static string NewName(string prefix) => $"{prefix}-{Guid.NewGuid():N}";
}
