using System.Net.Http.Headers;
using System.Text;
using Amazon.ECR;
using Amazon.ECR.Model;

namespace Hosting.Fargate.Images;

/// <summary>What is asked of Amazon ECR: where repositories are, which images they have, and the way in.</summary>
internal sealed class Repositories(IAmazonECR registry)
{
    private const int MostNames = 100;

    /// <summary>The addresses of repositories by name; one that does not exist is left out.</summary>
    public async Task<IReadOnlyDictionary<string, string>> FindAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        Dictionary<string, string> found = [];
        foreach (var some in names.Chunk(MostNames))
        {
            try
            {
                await FindAsync([.. some], found, cancellationToken);
            }
            catch (RepositoryNotFoundException) when (some.Length > 1)
            {
                // One that is missing fails the whole question.
                foreach (var name in some)
                {
                    try
                    {
                        await FindAsync([name], found, cancellationToken);
                    }
                    catch (RepositoryNotFoundException) { }
                }
            }
            catch (RepositoryNotFoundException) { }
        }

        return found;
    }

    /// <summary>The image that has a tag; null where none has.</summary>
    public async Task<ImageDetail?> FindImageAsync(string repository, string tag, CancellationToken cancellationToken)
    {
        try
        {
            var request = new DescribeImagesRequest { RepositoryName = repository, ImageIds = [new ImageIdentifier { ImageTag = tag }] };
            return (await registry.DescribeImagesAsync(request, cancellationToken)).ImageDetails?.FirstOrDefault();
        }
        catch (ImageNotFoundException)
        {
            return null;
        }
    }

    /// <summary>A user name and password, good for twelve hours.</summary>
    public async Task<RegistryCredentials> AuthorizeAsync(CancellationToken cancellationToken)
    {
        var response = await registry.GetAuthorizationTokenAsync(new GetAuthorizationTokenRequest(), cancellationToken);
        var token = response.AuthorizationData is [{ AuthorizationToken: { Length: > 0 } text }, ..]
            ? Encoding.UTF8.GetString(Convert.FromBase64String(text)).Split(':', 2)
            : [];
        return token is [var user, var password]
            ? new RegistryCredentials(user, password)
            : throw new InvalidOperationException("Amazon ECR answered ecr:GetAuthorizationToken without a token. Run the deploy again.");
    }

    private async Task FindAsync(List<string> names, Dictionary<string, string> found, CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            var request = new DescribeRepositoriesRequest { RepositoryNames = names, NextToken = next };
            var response = await registry.DescribeRepositoriesAsync(request, cancellationToken);
            foreach (var repository in response.Repositories ?? [])
            {
                found[repository.RepositoryName] = repository.RepositoryUri;
            }

            next = response.NextToken;
        } while (!string.IsNullOrEmpty(next));
    }
}

/// <summary>A way into a registry. Its password is in no text that is made of it.</summary>
internal sealed record RegistryCredentials(string User, string Password)
{
    /// <summary>
    /// In place of a user's name where the password is an identity token, by which other tokens are asked for:
    /// https://docs.docker.com/reference/cli/docker/login/#credential-helper-protocol.
    /// </summary>
    private const string TokenUser = "<token>";

    public bool IsToken => User == TokenUser;

    /// <summary>The header that has both; null for a token, which is no password.</summary>
    public AuthenticationHeaderValue? Basic =>
        IsToken ? null : new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}")));

    public static RegistryCredentials OfToken(string token) => new(TokenUser, token);

    public override string ToString() => User;
}
