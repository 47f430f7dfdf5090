namespace Profiles;

/// <summary>The message that asks a worker for a profile. What counts is in the bucket, where it can be changed and deleted.</summary>
/// <param name="ProfileId">Which profile.</param>
/// <param name="Accepted">The state that was written when the file was accepted: whoever gets the message soon need not read it.</param>
public sealed record ProfileJob(ProfileId ProfileId, Stored<ProfileState>? Accepted = null);
