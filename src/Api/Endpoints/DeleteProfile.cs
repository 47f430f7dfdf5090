using System.ComponentModel;
using Api.Errors;
using Microsoft.AspNetCore.Http.HttpResults;
using Profiles;

namespace Api.Endpoints;

internal static class DeleteProfile
{
    /// <summary>Deletes a profile and its file</summary>
    /// <remarks>A job that is still in the queue is dropped when a worker comes to it, and one in hand is given up.</remarks>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        [Description("Names the profile.")] ProfileId id,
        ProfileStore store,
        CancellationToken cancellationToken
    )
    {
        if (await store.FindAsync(id, cancellationToken) is null)
            return Problems.NoSuchProfile();
        await store.DeleteAsync(id, cancellationToken);
        return TypedResults.NoContent();
    }
}
