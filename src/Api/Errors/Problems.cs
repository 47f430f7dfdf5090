using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Errors;

/// <summary>Every error that a caller can see, as RFC 9457 has it: what is wrong, and what to do about it.</summary>
internal static class Problems
{
    public static ProblemHttpResult Unauthorized(bool keyIsMissing) => Of(
        StatusCodes.Status401Unauthorized,
        keyIsMissing
            ? "The request has no API key. Send it in the header X-Api-Key."
            : "The API key is not the right one. Send the value of the AppHost's parameter api-key in the header X-Api-Key.");

    public static ProblemHttpResult NoSuchProfile() => Of(
        StatusCodes.Status404NotFound, "There is no such profile: it was deleted, or never existed. GET /profiles lists what there is.");

    public static ProblemHttpResult EmptyBody() => Of(
        StatusCodes.Status400BadRequest, "The body is empty. Send a CSV file, with curl: --data-binary @file.csv.");

    public static ProblemHttpResult UnsupportedContentType(string? contentType) => Of(
        StatusCodes.Status415UnsupportedMediaType,
        $"{(string.IsNullOrEmpty(contentType) ? "No Content-Type" : $"The Content-Type \"{contentType}\"")} is not one for CSV in UTF-8. Send text/csv.");

    public static ProblemHttpResult UnsupportedContentEncoding(string contentEncoding) => Of(
        StatusCodes.Status415UnsupportedMediaType, $"The Content-Encoding \"{contentEncoding}\" is not understood. Send the file as it is.");

    public static ProblemHttpResult TooLarge(long limit) => Of(
        StatusCodes.Status413PayloadTooLarge, $"The file is larger than the {limit:N0} bytes that are taken. Split it, or raise Api:MaxUploadSize.");

    public static ProblemHttpResult BadRequest(string detail) => Of(StatusCodes.Status400BadRequest, detail);

    public static ProblemHttpResult Unavailable() => Of(
        StatusCodes.Status503ServiceUnavailable, "The storage or the queue does not answer. Nothing was kept of the request; send it again in a few seconds.");

    /// <summary>The problem of a response that has a status and nothing else.</summary>
    public static ProblemHttpResult OfStatus(int status) => Of(status, status switch
    {
        StatusCodes.Status404NotFound => "Nothing is here. GET /openapi/v1.json says what there is.",
        StatusCodes.Status405MethodNotAllowed => "The method is not one that this address knows; the header Allow says which are.",
        StatusCodes.Status500InternalServerError => "Something went wrong that should not. The traceId leads to it in the logs.",
        _ => null,
    });

    public static ProblemHttpResult Of(int status, string? detail) => TypedResults.Problem(statusCode: status, detail: detail);
}
