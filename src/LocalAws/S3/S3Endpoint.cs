using System.Xml.Linq;
using LocalAws.S3.Protocol;
using Microsoft.AspNetCore.Http.Features;

namespace LocalAws.S3;

/// <summary>S3 over its REST protocol, with the bucket in the path or in a host name below <c>localhost</c>.</summary>
internal sealed partial class S3Endpoint(IEnumerable<S3Operation> operations, ILogger<S3Endpoint> logger)
{
    /// <summary>Headers that would change what an operation does, and that nothing here acts upon.</summary>
    private static readonly string[] RefusedHeaders =
    [
        "x-amz-tagging",
        "x-amz-object-lock-mode",
        "x-amz-object-lock-retain-until-date",
        "x-amz-object-lock-legal-hold",
        "x-amz-server-side-encryption-customer-algorithm",
        "x-amz-server-side-encryption-aws-kms-key-id",
        "x-amz-write-offset-bytes",
        "x-amz-website-redirect-location",
        "x-amz-grant-read",
        "x-amz-grant-write",
        "x-amz-grant-full-control",
        "x-amz-bucket-object-lock-enabled",
    ];

    private readonly S3Operation[] _operations = [.. operations];

    public async Task InvokeAsync(HttpContext http)
    {
        http.Response.Headers["x-amz-request-id"] = http.TraceIdentifier;
        // S3's own limit of 5 GiB a request is checked where a body is read.
        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        S3Request? request = null;
        try
        {
            request = new S3Request(http);
            await Find(request).InvokeAsync(request);
        }
        catch (S3Exception exception) when (!http.Response.HasStarted)
        {
            await WriteErrorAsync(http, request, exception);
        }
        catch (Exception exception) when (http.RequestAborted.IsCancellationRequested || exception is BadHttpRequestException)
        {
            // The caller has gone, or sent half of a request; nobody is left to answer.
            http.Abort();
        }
        catch (Exception exception)
        {
            Failed(logger, http.Request.Method, http.Request.Path, exception);
            if (http.Response.HasStarted)
                http.Abort();
            else
                await WriteErrorAsync(http, request, S3Exception.InternalError());
        }
    }

    private S3Operation Find(S3Request request)
    {
        if (RefusedHeaders.FirstOrDefault(name => request.Header(name) is not null) is { } header)
            throw S3Exception.NotImplemented($"the header {header}");
        if (request.Header("x-amz-server-side-encryption") is { } encryption and not "AES256")
            throw S3Exception.NotImplemented($"x-amz-server-side-encryption: {encryption}");
        if (request.Header("x-amz-acl") is not (null or "private" or "bucket-owner-full-control"))
            throw new S3Exception(400, "AccessControlListNotSupported", "The bucket does not allow ACLs");
        return _operations.FirstOrDefault(operation => operation.Route.Matches(request))
            ?? throw S3Exception.NotImplemented($"{request.Method} with {Describe(request)}");
    }

    private static string Describe(S3Request request) =>
        request.Query.Count == 0 ? "this path" : $"the query parameters {string.Join(", ", request.Query.Keys)}";

    private static async Task WriteErrorAsync(HttpContext http, S3Request? request, S3Exception exception)
    {
        var requestId = http.Response.Headers["x-amz-request-id"].ToString();
        http.Response.StatusCode = exception.Status;
        if (HttpMethods.IsHead(http.Request.Method) || exception.Status == StatusCodes.Status304NotModified)
            return;
        var error = new XElement("Error", new XElement("Code", exception.Code), new XElement("Message", exception.Message));
        foreach (var (name, value) in exception.Details)
            error.Add(new XElement(name, value));
        error.Add(new XElement("Resource", request is null ? "" : $"/{request.Bucket}/{request.Key}"));
        error.Add(new XElement("RequestId", requestId), new XElement("HostId", requestId));
        await S3Xml.WriteAsync(http.Response, error);
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private static partial void Failed(ILogger logger, string method, PathString path, Exception exception);
}
