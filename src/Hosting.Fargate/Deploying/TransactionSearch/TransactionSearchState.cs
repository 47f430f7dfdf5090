namespace Hosting.Fargate.Deploying.TransactionSearch;

/// <summary>Whether traces become spans that CloudWatch can search, in one account and region.</summary>
internal enum TransactionSearchStatus
{
    /// <summary>It is not on: OTLP traces are refused.</summary>
    Off,

    /// <summary>It was turned on, and that is not in effect yet.</summary>
    Pending,

    /// <summary>It is on.</summary>
    On,

    /// <summary>X-Ray does not tell, such as to who may not ask.</summary>
    Unknown,
}

/// <summary>The status, and why it is not known where it is not.</summary>
internal sealed record TransactionSearchState(TransactionSearchStatus Status, string? Reason = null);
