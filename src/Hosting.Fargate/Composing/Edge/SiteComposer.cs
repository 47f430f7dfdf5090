using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Data;

namespace Hosting.Fargate.Composing;

/// <summary>Front ends that are files: their buckets, and how CloudFront comes to them.</summary>
internal static class SiteComposer
{
    private const string AccessControlId = "OriginAccessControl";

    /// <summary>https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-function.html</summary>
    private const int MaxName = 64;

    /// <summary>The longest that a region's name is: <c>ap-southeast-1</c>.</summary>
    private const int MaxRegion = 14;

    /// <summary>
    /// The bucket, in the foundation, for files are there before a distribution is. CloudFront reads what browsers may have, and may ask
    /// what there is: without that, S3 says 403 of a file that is not there, and not 404.
    /// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
    /// </summary>
    public static void AddBucket(Template template, FargateApplication application, Site site)
    {
        var id = BucketTemplate.IdOf(site.Id);
        TemplateMap Statement(string sid, string action, TemplateNode resource, string comment) =>
            new()
            {
                Comment = comment,
                ["Sid"] = sid,
                ["Effect"] = "Allow",
                ["Principal"] = new TemplateMap { ["Service"] = "cloudfront.amazonaws.com" },
                ["Action"] = action,
                ["Resource"] = resource,
                ["Condition"] = new TemplateMap
                {
                    ["ArnLike"] = new TemplateMap
                    {
                        ["aws:SourceArn"] = Fn.Sub("arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/*"),
                    },
                },
            };
        var bucket = BucketTemplate.Named(
            application.Name,
            site.Name,
            id,
            $"{site.Name}.PublishAsStaticSite(): its files, of the ten newest releases; deploy deletes older ones",
            BucketTemplate.UnfinishedUploads()
        );
        var policy = BucketTemplate.Policy(
            id,
            "over TLS alone, and read by CloudFront",
            Statement(
                "CloudFrontReads",
                "s3:GetObject",
                Fn.Sub($"${{{id}.Arn}}/{Site.Files}/*"),
                "the distributions of this account, which are made after it: what whoever opens the page has anyway"
            ),
            Statement("CloudFrontLists", "s3:ListBucket", Fn.GetAtt(id, "Arn"), "so that what is not there is 404, and not 403")
        );
        bucket.Owner = policy.Owner = site.Name;
        template.Add(new TemplateSection("buckets", [bucket, policy]));
        FoundationComposer.Give(template, site.BucketOutputId, Fn.Ref(id));
    }

    /// <summary>What distributions need beside themselves.</summary>
    public static IEnumerable<TemplateResource> Compose(FargateApplication application)
    {
        if (application.Sites.Length == 0)
        {
            yield break;
        }

        yield return new(AccessControlId, "AWS::CloudFront::OriginAccessControl")
        {
            Comment = "PublishAsStaticSite: CloudFront signs what it asks buckets for, which are private",
            Properties = new()
            {
                ["OriginAccessControlConfig"] = new TemplateMap
                {
                    ["Name"] = NameOf(application, "files"),
                    ["OriginAccessControlOriginType"] = "s3",
                    ["SigningBehavior"] = "always",
                    ["SigningProtocol"] = "sigv4",
                },
            },
        };
        foreach (var site in application.Sites)
        {
            yield return new(FunctionId(site), "AWS::CloudFront::Function")
            {
                Comment = site.DeepLinks
                    ? $"{site.Name}: an address that names no file is index.html"
                    : $"{site.Name}: an address that names no file is the index.html below it",
                Owner = site.Name,
                Properties = new()
                {
                    ["Name"] = NameOf(application, site.Name),
                    ["AutoPublish"] = true,
                    ["FunctionConfig"] = new TemplateMap
                    {
                        ["Comment"] = $"{application.Name}: addresses of {site.Name}",
                        ["Runtime"] = "cloudfront-js-2.0",
                    },
                    ["FunctionCode"] = Code(site),
                },
            };
            foreach (var resource in OwnHost(application, site))
            {
                resource.Owner = site.Name;
                yield return resource;
            }
        }
    }

    /// <summary>
    /// The name of a site's own, and the load balancer's certificate for it where paths under it lead there: CloudFront comes with the
    /// name that the browser called.
    /// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html
    /// </summary>
    private static IEnumerable<TemplateResource> OwnHost(FargateApplication application, Site site)
    {
        if (site.Place.Host is not { } host || application.Ingress.HostedZoneId is null)
        {
            yield break;
        }

        if (application.HasEdge && EdgeDistribution.PathsOf(application).Any())
        {
            var certificate = $"{site.Id}Certificate";
            yield return LoadBalancerComposer.Certificate(
                certificate,
                host,
                application.Ingress,
                $"{site.Name}: the load balancer's, for what services have paths for under this name"
            );
            yield return new($"{site.Id}ListenerCertificate", "AWS::ElasticLoadBalancingV2::ListenerCertificate")
            {
                Comment = $"{site.Name}: the listener has the certificate",
                Properties = new()
                {
                    ["ListenerArn"] = Fn.Ref(SharedIds.HttpsListener),
                    ["Certificates"] = new TemplateList([new TemplateMap { ["CertificateArn"] = Fn.Ref(certificate) }]),
                },
            };
        }

        foreach (var record in LoadBalancerComposer.AliasRecords($"{site.Id}Record", host, application, site.Name))
        {
            yield return record;
        }
    }

    public static TemplateMap Origin(Site site) =>
        new()
        {
            ["Id"] = OriginName(site),
            ["DomainName"] = Fn.Sub($"${{{site.BucketOutputId}}}.s3.${{AWS::Region}}.${{AWS::URLSuffix}}"),
            ["OriginPath"] = $"/{Site.Files}",
            ["OriginAccessControlId"] = Fn.GetAtt(AccessControlId, "Id"),
            ["S3OriginConfig"] = new TemplateMap { ["OriginAccessIdentity"] = "" },
        };

    public static string OriginName(Site site) => $"files-{site.Name}";

    public static string FunctionId(Site site) => $"{site.Id}SiteFunction";

    /// <summary>
    /// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html. A file is what has a dot in the
    /// last part of its path; what is below /.well-known/ has none at times.
    /// </summary>
    private static string Code(Site site) =>
        string.Join(
            '\n',
            "function handler(event) {",
            "  var request = event.request;",
            "  var file = request.uri.substring(request.uri.lastIndexOf('/') + 1);",
            "  if (!file.includes('.') && !request.uri.startsWith('/.well-known/')) {",
            site.DeepLinks ? "    request.uri = '/index.html';" : "    request.uri += (file === '' ? '' : '/') + 'index.html';",
            "  }",
            "  return request;",
            "}"
        );

    /// <summary>Names of CloudFront are the account's, in whichever region the application is.</summary>
    private static TemplateNode NameOf(FargateApplication application, string name)
    {
        const int most = MaxName - 1 - MaxRegion;
        var whole = $"{application.Name}-{name.ToLowerInvariant()}";
        return Fn.Sub(
            (
                whole.Length <= most
                    ? whole
                    : whole[..(most - 7)]
                        + "-"
                        + Convert
                            .ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(whole)).AsSpan(0, 3))
                            .ToLower(CultureInfo.InvariantCulture)
            ) + "-${AWS::Region}"
        );
    }
}
