namespace Testing.Fargate;

/// <summary>What a <see cref="FaultProxy"/> does to a call.</summary>
public enum Fault
{
    /// <summary>400 ThrottlingException (query protocol: Throttling), as the service's protocol says it.</summary>
    Throttle,

    /// <summary>500 InternalFailure.</summary>
    InternalFailure,

    /// <summary>503 ServiceUnavailable.</summary>
    Unavailable,

    /// <summary>No answer, until the client gives up.</summary>
    Hang,

    /// <summary>No answer, although the service has done what the call asks.</summary>
    HangAfter,

    /// <summary>400 ValidationException, or <see cref="FaultRule.Code"/>, with the words of <see cref="FaultRule.Message"/>.</summary>
    Refuse,

    /// <summary>The connection ends before the service sees the call.</summary>
    DropBefore,

    /// <summary>The connection ends after the service has done what the call asks.</summary>
    DropAfter,

    /// <summary>The answer comes late, by <see cref="FaultRule.Delay"/>.</summary>
    Delay,
}

/// <summary>A fault, and the calls it meets.</summary>
/// <param name="Fault">What happens.</param>
/// <param name="Service">As a signature names it (<c>cloudformation</c>, <c>ecs</c>, <c>elasticloadbalancing</c>); null for any.</param>
/// <param name="Operation">Null for any.</param>
/// <param name="Nth">The first of its calls that is met, from 1.</param>
/// <param name="Times">How many calls from there.</param>
public sealed record FaultRule(Fault Fault, string? Service = null, string? Operation = null, int Nth = 1, int Times = 1)
{
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>What <see cref="Fault.Refuse"/> says.</summary>
    public string Message { get; init; } = "The request is not valid.";

    public string Code { get; init; } = "ValidationException";

    /// <summary>Ends when a call hangs by this rule; by <see cref="Fault.HangAfter"/>, once the service has done it.</summary>
    public Task WhenHeld => Held.Task;

    internal readonly TaskCompletionSource Held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal int Seen;

    internal bool Meets(string service, string operation)
    {
        if ((Service ?? service) != service || (Operation ?? operation) != operation)
        {
            return false;
        }

        var number = Interlocked.Increment(ref Seen);
        return number >= Nth && number - Nth < Times;
    }
}

/// <summary>A call that went through a <see cref="FaultProxy"/>.</summary>
/// <param name="Service">As its signature names it; empty where it is not signed.</param>
/// <param name="Operation">By X-Amz-Target or Action; S3's as the method and path.</param>
/// <param name="Nth">Which call of this operation it is, from 1.</param>
/// <param name="Met">What was done to it, if something was.</param>
/// <param name="HeldSecret">Whether its address, headers or body contain one of the proxy's secrets, as text or escaped.</param>
public sealed record RecordedCall(string Service, string Operation, int Nth, Fault? Met, bool HeldSecret);
