using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Testing.Docker;

namespace Samples.Tests;

/// <summary>
/// What stands in for RDS, ElastiCache and Amazon MQ: a PostgreSQL, a Redis and a RabbitMQ under the names that these gave to the sample's
/// servers, with their passwords, and over TLS alone, with certificates of an authority of the test's own.
/// </summary>
internal sealed class ManagedServers(DockerEngine docker, string network, DirectoryInfo folder)
{
    /// <summary>The images that make.sh gives them, by program.</summary>
    public const string CacheImage = "sample-cache";
    public const string BrokerImage = "sample-broker";

    private const string DatabaseUser = "postgres";

    /// <summary>https://docs.aws.amazon.com/amazon-mq/latest/api-reference/brokers-broker-id-users-username.html: not 'guest'.</summary>
    private const string BrokerUser = "rabbit";

    private string _database = "";
    private string _cache = "";
    private string _broker = "";

    /// <summary>How a task trusts the authority, as it trusts Amazon's by its image.</summary>
    public Surroundings Trust =>
        new()
        {
            Network = network,
            Environment = new Dictionary<string, string> { ["SSL_CERT_FILE"] = "/tls/ca.pem" },
            Mounts = [Mount],
        };

    private string Mount => $"type=bind,source={folder.FullName},destination=/tls,readonly";

    /// <param name="databaseImage">An image with PostgreSQL.</param>
    /// <param name="hosts">Where they are.</param>
    /// <param name="passwords">Those of their users.</param>
    public async Task StartAsync(string databaseImage, Servers hosts, Servers passwords)
    {
        await WriteCertificatesAsync([hosts.Database, hosts.Cache, hosts.Broker]);
        _database = await StartAsync(databaseImage, hosts.Database, DatabaseUser, passwords.Database);
        _cache = await StartAsync(CacheImage, hosts.Cache, "default", passwords.Cache);
        _broker = await StartAsync(BrokerImage, hosts.Broker, BrokerUser, passwords.Broker);
    }

    /// <summary>Gives them other passwords: RDS and ElastiCache take those of the template, of Amazon MQ somebody changes it.</summary>
    public async Task ChangeAsync(Servers before, Servers after)
    {
        await docker.RunAsync(
            "exec",
            _database,
            "psql",
            "--host=/tmp",
            $"--username={DatabaseUser}",
            $"--command=alter user {DatabaseUser} password '{after.Database}'"
        );
        string[] client = ["redis-cli", "--tls", "--cacert", "/tls/ca.pem", "--no-auth-warning", "-e", "-a", before.Cache];
        await docker.RunAsync(["exec", _cache, .. client, "acl", "setuser", "default", "resetpass", $">{after.Cache}"]);

        // It may not have started yet, and takes as long as the others together.
        var change = $"until rabbitmqctl --quiet change_password {BrokerUser} '{after.Broker}'; do sleep 1; done";
        await docker.RunAsync(
            "exec",
            "--user",
            "rabbitmq",
            "--env",
            "HOME=/var/lib/rabbitmq",
            _broker,
            "timeout",
            "150",
            "sh",
            "-c",
            change
        );
    }

    /// <summary>The databases of the PostgreSQL.</summary>
    public async Task<IReadOnlyList<string>> DatabasesAsync() =>
        (
            await docker.RunAsync(
                "exec",
                _database,
                "psql",
                "--host=/tmp",
                $"--username={DatabaseUser}",
                "--tuples-only",
                "--no-align",
                "--command=select datname from pg_database"
            )
        ).Split('\n');

    /// <summary>Runs a shell script beside the PostgreSQL, which takes whomever it says it is.</summary>
    /// <returns>What it printed.</returns>
    public Task<string> BesideDatabaseAsync(string script, params IEnumerable<(string Name, string Value)> variables) =>
        docker.RunAsync([
            "exec",
            "--env",
            "PGHOST=/tmp",
            .. variables.SelectMany(variable => new[] { "--env", $"{variable.Name}={variable.Value}" }),
            _database,
            "sh",
            "-c",
            script,
        ]);

    private Task<string> StartAsync(string image, string name, string user, string password) =>
        docker.StartAsync([
            "--network",
            network,
            "--network-alias",
            name,
            "--mount",
            Mount,
            "--env",
            $"NAME={name}",
            "--env",
            $"MASTER_USER={user}",
            "--env",
            $"MASTER_PASSWORD={password}",
            image,
        ]);

    private async Task WriteCertificatesAsync(IEnumerable<string> names)
    {
        var (from, to) = (DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=An authority of the test's own", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authority.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        using var root = authority.CreateSelfSigned(from, to);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var server = new CertificateRequest("CN=Servers", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            alternatives.AddDnsName(name);
        }

        server.CertificateExtensions.Add(alternatives.Build());
        using var certificate = server.Create(root, from, to, RandomNumberGenerator.GetBytes(8));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "ca.pem"), root.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "server.pem"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "server.key"), key.ExportPkcs8PrivateKeyPem());
    }
}

/// <summary>Something of each server.</summary>
internal sealed record Servers(string Database, string Cache, string Broker);
