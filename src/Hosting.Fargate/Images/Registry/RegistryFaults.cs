using System.Net;
using System.Text.RegularExpressions;
using Polly;
using Polly.Retry;

namespace Hosting.Fargate.Images;

/// <summary>What registries answer now and then and not the next time they are asked, and how what the SDK says of a push reads.</summary>
internal static partial class RegistryFaults
{
    /// <summary>How long to wait before each further push.</summary>
    public static IReadOnlyList<TimeSpan> WaitsBeforePush { get; } = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(6)];

    /// <summary>Asks up to four times, within some four seconds.</summary>
    public static ResiliencePipeline<HttpResponseMessage> WhenReading { get; } =
        new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddRetry(
                new RetryStrategyOptions<HttpResponseMessage>
                {
                    MaxRetryAttempts = 3,
                    BackoffType = DelayBackoffType.Exponential,
                    Delay = TimeSpan.FromSeconds(0.5),
                    ShouldHandle = new PredicateBuilder<HttpResponseMessage>()
                        .Handle<HttpRequestException>(exception => exception.StatusCode is not { } status || IsPassing(status))
                        .HandleResult(response => IsPassing(response.StatusCode)),
                }
            )
            .Build();

    /// <summary>
    /// Whether a push that ended with these errors may go well the next time. The SDK itself tries again where a connection broke, and
    /// takes any answer for the last word.
    /// </summary>
    public static bool MayPass(IEnumerable<string> errors) => errors.Any(error => Passing().IsMatch(error));

    /// <summary>Whether the registry lets nobody push with these credentials.</summary>
    public static bool IsRefusal(IEnumerable<string> errors) => errors.Any(error => Refusal().IsMatch(error));

    /// <summary>The errors of a push for a person: without the SDK's own files and the places in its code.</summary>
    public static IReadOnlyList<string> TextsOf(IEnumerable<string> errors) =>
        [.. errors.Select(error => Surroundings().Replace(error, "")).Where(text => text.Length > 0 && !IsPlaceInCode(text))];

    private static bool IsPassing(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    private static bool IsPlaceInCode(string text) =>
        text.StartsWith("at ", StringComparison.Ordinal) || text.StartsWith("--- End of", StringComparison.Ordinal);

    // 1002, 1006 and 1017 say that there was no answer. What the SDK does not expect comes with the name of the exception.
    [GeneratedRegex(
        @"status code:? '?(RequestTimeout|TooManyRequests|InternalServerError|BadGateway|ServiceUnavailable|GatewayTimeout|408|429|5\d\d)\b"
            + @"|\bCONTAINER10(02|06|17)\b|\b(HttpRequestException|HttpIOException|SocketException|IOException)\b"
    )]
    private static partial Regex Passing();

    [GeneratedRegex(@"status code:? '?(Unauthorized|Forbidden)\b|\bCONTAINER1016\b")]
    private static partial Regex Refusal();

    // …/Microsoft.NET.Build.Containers.targets(255,5): error : Containerize: error CONTAINER004: CONTAINER1005: Registry push failed …
    // [/src/Api/Api.csproj]
    [GeneratedRegex(@"^.*\.targets\(\d+,\d+\): error *:? *(ContainerHttpException: )?(Containerize: error CONTAINER004: )?| *\[[^\]]*\]$")]
    private static partial Regex Surroundings();
}
