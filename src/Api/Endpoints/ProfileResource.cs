using Profiles;

namespace Api.Endpoints;

/// <summary>A profile as its callers see it.</summary>
public sealed record ProfileResource
{
    /// <summary>Names the profile.</summary>
    public required ProfileId Id { get; init; }

    /// <summary>Where it is between the upload and the result.</summary>
    public required ProfileStatus State { get; init; }

    /// <summary>When the file was accepted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When anything about it changed last.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The file's length in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>How many attempts have been begun.</summary>
    public int Attempts { get; init; }

    /// <summary>How far the latest attempt has come.</summary>
    public ProfileProgress? Progress { get; init; }

    /// <summary>Why the profile failed or, while it is queued again, why the last attempt did.</summary>
    public string? Error { get; init; }

    /// <summary>The result, when done. A listing leaves it out.</summary>
    public Profile? Profile { get; init; }

    internal static ProfileResource Of(ProfileState state, Profile? profile = null) =>
        new()
        {
            Id = state.Id,
            State = state.Status,
            CreatedAt = state.CreatedAt,
            UpdatedAt = state.UpdatedAt,
            Size = state.Size,
            Attempts = state.Attempt?.Number ?? 0,
            Progress = state.Progress,
            Error = state.Error,
            Profile = profile,
        };

    internal static string PathOf(ProfileId id) => $"/profiles/{id}";
}

/// <summary>A page of profiles, the newest first.</summary>
/// <param name="Profiles">The profiles, without their results.</param>
/// <param name="Next">The address of the next page, where there is one.</param>
public sealed record ProfileResourceList(IReadOnlyList<ProfileResource> Profiles, string? Next);
