using Hosting.Fargate.Application;

namespace Hosting.Fargate.Deploying.Secrets;

/// <summary>What ElastiCache would refuse of a password, minutes later.</summary>
internal static class CachePasswords
{
    // https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateUser.html and
    // https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html.
    private const int Least = 16;
    private const int Most = 128;

    /// <summary>The passwords of caches that are given and cannot be, a sentence each that does not say them.</summary>
    /// <param name="application">The application.</param>
    /// <param name="valueOf">The value of a parameter; null where none is given.</param>
    public static IEnumerable<string> Problems(FargateApplication application, Func<string, string?> valueOf) =>
        application
            .Caches.Where(cache => cache.Password is { } password && valueOf(password.Name) is { } value && !IsPossible(value))
            .Select(cache =>
                $"The parameter '{cache.Password!.Name}' is the password of the cache '{cache.Name}', for which ElastiCache takes {Least} to {Most} "
                + "printable characters without spaces, @, \" and /. Give it another value."
            );

    private static bool IsPossible(string value) =>
        value.Length is >= Least and <= Most && value.All(character => character is > ' ' and <= '~' and not ('@' or '"' or '/'));
}
