using System.Collections.Immutable;

namespace Hosting.Fargate.Reading;

/// <summary>Public images that stand in on a laptop for what is elsewhere, or look into what runs there.</summary>
internal static class LaptopImages
{
    private static readonly ImmutableArray<(string Says, string[] Repositories)> s_all =
    [
        (
            "catches mail and sends none on: on AWS nobody gets it. Give the services a mail server, such as Amazon SES",
            [
                "axllent/mailpit",
                "mailhog/mailhog",
                "maildev/maildev",
                "rnwood/smtp4dev",
                "changemakerstudios/papercut-smtp",
                "greenmail/standalone",
                "sj26/mailcatcher",
            ]
        ),
        (
            "stands in for services of AWS, which are there: give the services their addresses and no key in its place (AddSqsQueue, "
                + "AddS3Bucket, service.Allow)",
            [
                "localstack/localstack",
                "localstack/localstack-pro",
                "softwaremill/elasticmq",
                "softwaremill/elasticmq-native",
                "amazon/dynamodb-local",
                "motoserver/moto",
                "floci/floci",
            ]
        ),
        (
            "is a tool that looks into others, for whoever develops: on AWS it runs all day, and is reached by nobody or, where its endpoint "
                + "is external, by all",
            [
                "dpage/pgadmin4",
                "sosedoff/pgweb",
                "library/adminer",
                "library/phpmyadmin",
                "phpmyadmin/phpmyadmin",
                "dbgate/dbgate",
                "library/mongo-express",
                "redis/redisinsight",
                "redislabs/redisinsight",
                "rediscommander/redis-commander",
                "provectuslabs/kafka-ui",
                "kafbat/kafka-ui",
                "redpandadata/console",
                "cars10/elasticvue",
                "coleifer/sqlite-web",
                "scalarapi/aspire-api-reference",
                "open-webui/open-webui",
                "dotnet/aspire-dashboard",
                "dotnet/nightly/aspire-dashboard",
            ]
        ),
    ];

    /// <returns>What is to be said of an image; null where it is none of these.</returns>
    public static string? Find(string reference) =>
        s_all
            .Where(kind => Array.Exists(kind.Repositories, repository => KnownImages.IsOf(reference, repository)))
            .Select(kind => kind.Says)
            .FirstOrDefault();
}
