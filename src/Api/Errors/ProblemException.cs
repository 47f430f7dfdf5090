using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Errors;

/// <summary>Ends a request with an answer that its sender can do something about.</summary>
internal sealed class ProblemException(ProblemHttpResult problem, TimeSpan? retryAfter = null) : Exception(problem.ProblemDetails.Detail)
{
    public ProblemHttpResult Problem { get; } = problem;

    /// <summary>When it is worth trying again; null where the same request would end the same.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
