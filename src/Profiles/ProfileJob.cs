namespace Profiles;

/// <summary>The message that asks a worker for a profile. All else is in the bucket, where it can be changed and deleted.</summary>
/// <param name="ProfileId">Which profile.</param>
public sealed record ProfileJob(ProfileId ProfileId);
