using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Errors;

/// <summary>Every error that a caller can see, as RFC 9457 has it: what is wrong, and what to do about it.</summary>
internal static class Problems
{
    public static ProblemHttpResult Unauthorized(bool keyIsMissing) =>
        Of(
            StatusCodes.Status401Unauthorized,
            keyIsMissing
                ? "The request has no API key. Send it in the header X-Api-Key."
                : "The API key is not the right one. Send the value of the AppHost's parameter api-key in the header X-Api-Key."
        );

    public static ProblemHttpResult NoSuchProfile() =>
        Of(StatusCodes.Status404NotFound, "There is no such profile: it was deleted, or never existed. GET /profiles lists what there is.");

    public static ProblemHttpResult EmptyBody() =>
        Of(StatusCodes.Status400BadRequest, "The body is empty. Send a CSV file, with curl: --data-binary @file.csv.");

    public static ProblemHttpResult UnsupportedContentType(string? contentType) =>
        Of(
            StatusCodes.Status415UnsupportedMediaType,
            $"{(string.IsNullOrEmpty(contentType) ? "No Content-Type" : $"The Content-Type \"{contentType}\"")} is not one for CSV in UTF-8. Send text/csv."
        );

    public static ProblemHttpResult UnsupportedContentEncoding(string contentEncoding) =>
        Of(
            StatusCodes.Status415UnsupportedMediaType,
            $"The Content-Encoding \"{contentEncoding}\" is not understood. Send the file as it is."
        );

    public static ProblemHttpResult TooLarge(long limit) =>
        Of(
            StatusCodes.Status413PayloadTooLarge,
            $"The file is larger than the {limit:N0} bytes that are taken. Split it, or raise Api:MaxUploadSize."
        );

    public static ProblemHttpResult TooSlow(TimeSpan limit) =>
        Of(
            StatusCodes.Status408RequestTimeout,
            $"The file came too slowly: 8 MiB of it, or all where it is smaller, may take {limit.TotalSeconds:N0} s. Send it over a faster line, or raise "
                + "Api:PartTimeout."
        );

    public static ProblemHttpResult TooBusy() =>
        Of(
            StatusCodes.Status503ServiceUnavailable,
            "The service has as much in hand as it can take. Send the request again in a few seconds."
        );

    public static ProblemHttpResult GaveWay() =>
        Of(
            StatusCodes.Status503ServiceUnavailable,
            "The file came slowly, and the memory that it held was needed for others. Send it again in a few seconds, over a faster line if there is one."
        );

    public static ProblemHttpResult TooMany() =>
        Of(
            StatusCodes.Status429TooManyRequests,
            "There were more requests than Api:RequestsPerSecond allows. The header Retry-After says when to go on."
        );

    public static ProblemHttpResult Unavailable() =>
        Of(
            StatusCodes.Status503ServiceUnavailable,
            "The storage or the queue does not answer. The request was not done; send it again in a few seconds."
        );

    /// <summary>The problem of a response that has a status and nothing else.</summary>
    public static ProblemHttpResult OfStatus(int status) =>
        Of(
            status,
            status switch
            {
                StatusCodes.Status400BadRequest =>
                    "A parameter or the body cannot be read. What is asked for here is GET /profiles?limit=20&after=ID, "
                        + "GET /profiles/ID?wait=SECONDS, and POST /profiles with the file as the body.",
                StatusCodes.Status404NotFound => "Nothing is here. The profiles are at /profiles.",
                StatusCodes.Status405MethodNotAllowed => "The method is not one that this address knows; the header Allow says which are.",
                StatusCodes.Status408RequestTimeout =>
                    "The body came too slowly, or stopped. Send it again, over a faster line if there is one.",
                StatusCodes.Status500InternalServerError => "Something went wrong that should not. The traceId leads to it in the logs.",
                _ => null,
            }
        );

    public static ProblemHttpResult Of(int status, string? detail) => TypedResults.Problem(statusCode: status, detail: detail);
}
