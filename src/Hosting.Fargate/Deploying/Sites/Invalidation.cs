using System.Globalization;
using System.Xml.Linq;
using Amazon.Runtime;
using Aspire.Hosting;
using Hosting.Fargate.Application;
using Hosting.Fargate.Aws;

namespace Hosting.Fargate.Deploying.Sites;

/// <summary>Has CloudFront forget files that have changed.</summary>
internal sealed class Invalidation(DeploySession session)
{
    /// <summary>
    /// From so many on all of a site is one path, of which 1,000 a month are free: https://aws.amazon.com/cloudfront/pricing/.
    /// </summary>
    private const int MostPaths = 50;

    private static readonly XNamespace s_namespace = "http://cloudfront.amazonaws.com/doc/2020-05-31/";

    /// <exception cref="DistributedApplicationException">It may not be asked for.</exception>
    public async Task CreateAsync(Site site, string distribution, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        string[] paths =
            files.Count > MostPaths
                ? ["/*"]
                : [.. files.Select(file => "/" + string.Join('/', file.Split('/').Select(Uri.EscapeDataString)))];

        // https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateInvalidation.html
        var body = new XElement(
            s_namespace + "InvalidationBatch",
            new XElement(
                s_namespace + "Paths",
                new XElement(s_namespace + "Quantity", paths.Length.ToString(CultureInfo.InvariantCulture)),
                new XElement(s_namespace + "Items", paths.Select(path => new XElement(s_namespace + "Path", path)))
            ),
            new XElement(s_namespace + "CallerReference", Guid.NewGuid().ToString())
        );
        using var calls = new PlainCalls(session.Aws, session.Account);
        try
        {
            await calls.XmlAsync("cloudfront", $"/2020-05-31/distribution/{distribution}/invalidation", body, cancellationToken);
        }
        catch (Exception exception) when (exception is AmazonServiceException or HttpRequestException)
        {
            var code = exception is AmazonServiceException { ErrorCode: { Length: > 0 } said } ? said : exception.Message;
            throw new DistributedApplicationException(
                $"The files of '{site.Name}' are in place, and CloudFront may serve old ones for up to an hour: it could not be "
                    + "told of what has "
                    + $"changed (cloudfront:CreateInvalidation: {code}). Whoever deploys must be allowed it, as "
                    + "deployer-policy.json has it. Run "
                    + "deploy again.",
                exception
            );
        }
    }
}
