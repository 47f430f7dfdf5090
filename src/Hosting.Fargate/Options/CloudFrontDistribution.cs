using System.Text.RegularExpressions;
using Aspire.Hosting;

namespace Hosting.Fargate;

/// <summary>Where CloudFront answers: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/PriceClass.html.</summary>
public enum CloudFrontPriceClass
{
    /// <summary>Everywhere.</summary>
    All,

    /// <summary>Everywhere but South America, Australia and New Zealand, whose users are served from elsewhere.</summary>
    Class200,

    /// <summary>North America, Europe and Israel: the least expensive.</summary>
    Class100,
}

/// <summary>How CloudFront is before the load balancer.</summary>
[AspireExport(ExposeProperties = true, ExposeMethods = true)]
public sealed partial class CloudFrontDistribution
{
    /// <summary>
    /// The longest that CloudFront waits for an answer, or for its next bytes, unless AWS raised the quota:
    /// https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_VpcOriginConfig.html.
    /// </summary>
    internal const int MostAnswerSeconds = 120;

    /// <summary>Where CloudFront looks for certificates.</summary>
    internal const string CertificateRegion = "us-east-1";

    private string? _certificateArn;
    private string? _webAclArn;
    private string? _alarmTopicArn;
    private string? _contentSecurityPolicy;
    private string? _accessLogBucket;
    private TimeSpan? _longestAnswer;

    internal CloudFrontDistribution() { }

    /// <summary>
    /// A certificate in ACM for the domain of the environment and the hosts of routes, in us-east-1, where CloudFront looks for it:
    /// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html. Not needed without a domain,
    /// where CloudFront has its own, nor where the zone of the domain is known: then deploy makes one.
    /// </summary>
    /// <exception cref="ArgumentException">No ARN of a certificate in us-east-1.</exception>
    public string? CertificateArn
    {
        get => _certificateArn;
        set =>
            _certificateArn =
                value is null || Certificate().IsMatch(value)
                    ? value
                    : throw new ArgumentException(
                        $"'{value}' is no certificate that CloudFront can have: it takes one of ACM in us-east-1, wherever the application is, such as "
                            + "arn:aws:acm:us-east-1:123456789012:certificate/…. Request one there for the same names.",
                        nameof(value)
                    );
    }

    /// <summary>Where CloudFront answers; everywhere unless set.</summary>
    public CloudFrontPriceClass PriceClass { get; set; }

    /// <summary>A web ACL of AWS WAF of the scope CLOUDFRONT that every request passes, which is in us-east-1.</summary>
    /// <exception cref="ArgumentException">No ARN of a global web ACL.</exception>
    public string? WebAclArn
    {
        get => _webAclArn;
        set =>
            _webAclArn =
                value is null || WebAcl().IsMatch(value)
                    ? value
                    : throw new ArgumentException(
                        $"'{value}' is no web ACL that CloudFront can have: it takes one of the scope CLOUDFRONT, such as "
                            + "arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/…. A regional one is the load balancer's: WithWebAcl.",
                        nameof(value)
                    );
    }

    /// <summary>
    /// An SNS topic in us-east-1 that the alarms on CloudFront's errors tell, and are told to be over: they are there, wherever the
    /// application is, and tell a topic of their own region alone. That of <c>WithAlarmTopic</c> where it is of us-east-1, else none,
    /// unless set:
    /// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/viewing-cloudfront-metrics.html,
    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html.
    /// </summary>
    /// <exception cref="ArgumentException">No ARN of a topic in us-east-1.</exception>
    public string? AlarmTopicArn
    {
        get => _alarmTopicArn;
        set =>
            _alarmTopicArn =
                value is null || Topic().IsMatch(value)
                    ? value
                    : throw new ArgumentException(
                        $"'{value}' is no topic that CloudFront's alarms can tell: they are in us-east-1, wherever the application is, and take one of there, "
                            + "such as arn:aws:sns:us-east-1:123456789012:on-call. That of all other alarms is WithAlarmTopic's.",
                        nameof(value)
                    );
    }

    /// <summary>
    /// A bucket that exists, in which CloudFront writes down who called: none unless set. Its access control lists must be on, and not each
    /// region can have it: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html. The load
    /// balancer's own log knows CloudFront's addresses alone.
    /// </summary>
    /// <exception cref="ArgumentException">No name of a bucket.</exception>
    public string? AccessLogBucket
    {
        get => _accessLogBucket;
        set =>
            _accessLogBucket =
                value is null || Bucket().IsMatch(value)
                    ? value
                    : throw new ArgumentException($"'{value}' is no name of a bucket, such as shop-logs.", nameof(value));
    }

    /// <summary>
    /// Whether answers that have none get headers that browsers go by: HSTS, X-Frame-Options SAMEORIGIN, Referrer-Policy, and
    /// X-Content-Type-Options nosniff in any case. They do unless set:
    /// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html.
    /// </summary>
    public bool SecurityHeaders { get; set; } = true;

    /// <summary>The Content-Security-Policy of answers that have none, such as <c>default-src 'self'</c>; none unless set.</summary>
    /// <exception cref="ArgumentException">Empty, or of more than one line.</exception>
    public string? ContentSecurityPolicy
    {
        get => _contentSecurityPolicy;
        set =>
            _contentSecurityPolicy =
                value is null || (value.Trim().Length > 0 && !value.Any(char.IsControl))
                    ? value
                    : throw new ArgumentException("A content security policy is one line, such as default-src 'self'.", nameof(value));
    }

    /// <summary>
    /// Whether what the application says by Cache-Control of an answer holds at the edge too: what says <c>max-age</c> or <c>s-maxage</c>
    /// is kept there, by host, query and cookies, and text is compressed. What is for one user alone must say <c>private</c> or
    /// <c>no-store</c>. Nothing is kept, and the application compresses, unless set.
    /// </summary>
    public bool FollowsCacheControl { get; set; }

    /// <summary>
    /// How long CloudFront waits for an answer, or for its next bytes, in whole seconds: as long as the load balancer, up to 120 s, unless
    /// set. More takes a raised quota: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 s to 4000 s, or no whole seconds.</exception>
    public TimeSpan? LongestAnswer
    {
        get => _longestAnswer;
        set =>
            _longestAnswer =
                value is null || (value.Value.TotalSeconds is >= 1 and <= 4000 && value.Value.Ticks % TimeSpan.TicksPerSecond == 0)
                    ? value
                    : throw new ArgumentOutOfRangeException(nameof(value), value, "CloudFront waits for whole seconds, 1 to 4000.");
    }

    /// <summary>
    /// Whether the load balancer is on the internet, in place of a private one that CloudFront reaches by a VPC origin: for accounts and
    /// networks where those are no option. It admits the addresses that CloudFront comes from, and answers requests alone that have a
    /// header with a secret, which deploy makes up; others get its 404. Without a domain CloudFront comes by HTTP, so that what it carries,
    /// the secret too, is readable on the way:
    /// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/restrict-access-to-load-balancer.html.
    /// </summary>
    public bool PublicLoadBalancer { get; set; }

    /// <summary>How many seconds CloudFront waits, where the load balancer waits for some.</summary>
    internal int AnswerSeconds(int loadBalancer) => (int?)LongestAnswer?.TotalSeconds ?? Math.Min(loadBalancer, MostAnswerSeconds);

    /// <summary>The countries, and whether they alone are served; null where all are.</summary>
    internal (IReadOnlyList<string> Countries, bool Alone)? Geography { get; private set; }

    /// <summary>Serves requests from some countries alone, others with 403.</summary>
    /// <param name="countries">Their codes in ISO 3166-1, such as <c>DE</c>.</param>
    /// <exception cref="ArgumentException">No code of a country.</exception>
    public CloudFrontDistribution AllowCountries(params string[] countries) => Restrict(countries, alone: true);

    /// <summary>Answers requests from some countries with 403.</summary>
    /// <param name="countries">Their codes in ISO 3166-1, such as <c>DE</c>.</param>
    /// <exception cref="ArgumentException">No code of a country.</exception>
    public CloudFrontDistribution RefuseCountries(params string[] countries) => Restrict(countries, alone: false);

    private CloudFrontDistribution Restrict(string[] countries, bool alone)
    {
        ArgumentNullException.ThrowIfNull(countries);
        if (countries.Length == 0 || Array.Find(countries, country => !Country().IsMatch(country)) is not null)
        {
            throw new ArgumentException(
                $"'{string.Join(", ", countries)}' is not what is wanted here: codes of countries in capitals, such as DE.",
                nameof(countries)
            );
        }

        Geography = ([.. countries.Distinct().Order(StringComparer.Ordinal)], alone);
        return this;
    }

    [GeneratedRegex("^arn:aws:acm:us-east-1:[0-9]{12}:certificate/[A-Za-z0-9-]+$")]
    private static partial Regex Certificate();

    [GeneratedRegex("^arn:aws:wafv2:us-east-1:[0-9]{12}:global/webacl/[A-Za-z0-9_-]+/[A-Za-z0-9-]+$")]
    private static partial Regex WebAcl();

    [GeneratedRegex("^arn:aws:sns:us-east-1:[0-9]{12}:[A-Za-z0-9_-]{1,256}$")]
    private static partial Regex Topic();

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$")]
    private static partial Regex Bucket();

    [GeneratedRegex("^[A-Z]{2}$")]
    private static partial Regex Country();
}
