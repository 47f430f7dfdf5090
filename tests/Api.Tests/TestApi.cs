using System.Net.Http.Headers;
using Amazon.S3;
using Amazon.SQS;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Profiles;
using Testing;

namespace Api.Tests;

/// <summary>The API on a real server, with a bucket and a queue of its own.</summary>
internal sealed class TestApi : WebApplicationFactory<Program>
{
    public const string Key = "the-right-key";

    private readonly string _awsUrl;
    private readonly DelegatingHandler? _s3Handler;
    private readonly Action<IServiceCollection>? _configure;
    private readonly Dictionary<string, string?> _settings;

    private TestApi(
        string awsUrl,
        AwsResources resources,
        DelegatingHandler? s3Handler,
        Action<IServiceCollection>? configure,
        (string Name, string Value)[] settings
    )
    {
        (_awsUrl, Resources, _s3Handler, _configure) = (awsUrl, resources, s3Handler, configure);
        _settings = resources.Configuration;
        _settings["Api:Key"] = Key;
        foreach (var (name, value) in settings)
            _settings[name] = value;
        UseKestrel(port: 0);
        StartServer();
    }

    public AwsResources Resources { get; }

    public ProfileStore Store => Services.GetRequiredService<ProfileStore>();

    public static Task<TestApi> StartAsync(AwsEmulator aws, params (string Name, string Value)[] settings) =>
        StartAsync(aws, s3Handler: null, settings);

    public static async Task<TestApi> StartAsync(
        AwsEmulator aws,
        DelegatingHandler? s3Handler,
        params (string Name, string Value)[] settings
    ) => new(aws.Url, await aws.CreateResourcesAsync(), s3Handler, configure: null, settings);

    /// <summary>With resources that a test shares, reached at another address.</summary>
    public static TestApi Start(AwsResources resources, string awsUrl, params (string Name, string Value)[] settings) =>
        new(
            awsUrl,
            resources with
            {
                QueueUrl = awsUrl + new Uri(resources.QueueUrl).AbsolutePath,
            },
            s3Handler: null,
            configure: null,
            settings
        );

    public static async Task<TestApi> StartAsync(AwsEmulator aws, Action<IServiceCollection> configure) =>
        new(aws.Url, await aws.CreateResourcesAsync(), s3Handler: null, configure, settings: []);

    public int Port
    {
        get
        {
            using var client = CreateDefaultClient();
            return client.BaseAddress!.Port;
        }
    }

    /// <summary>A client that knows the key.</summary>
    public HttpClient Client()
    {
        var client = Stranger();
        client.DefaultRequestHeaders.Add("X-Api-Key", Key);
        return client;
    }

    /// <summary>A client that does not.</summary>
    public HttpClient Stranger()
    {
        using var client = CreateDefaultClient();
        return new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = client.BaseAddress };
    }

    public static HttpContent Csv(string text = "name,age\nAda,36\n") => new StringContent(text, new MediaTypeHeaderValue("text/csv"));

    /// <summary>A profile that is in the queue.</summary>
    public async Task<ProfileState> AddAsync()
    {
        var now = DateTimeOffset.UtcNow;
        var state = new ProfileState
        {
            Id = ProfileId.New(TimeProvider.System),
            Status = ProfileStatus.Queued,
            CreatedAt = now,
            UpdatedAt = now,
            Size = 17,
        };
        await Store.CreateAsync(state, CancellationToken.None);
        return state;
    }

    /// <summary>Does to a profile what the worker does.</summary>
    public async Task CompleteAsync(ProfileId id, string columnName = "name")
    {
        await Store.TryWriteProfileAsync(id, ProfileOf(columnName), CancellationToken.None);
        await Store.UpdateAsync(id, known: null, state => state with { Status = ProfileStatus.Done }, CancellationToken.None);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        foreach (var (name, value) in _settings)
            builder.UseSetting(name, value);
        builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<IAmazonS3>(_ => AwsEmulator.CreateS3Client(_awsUrl, _s3Handler));
            services.AddSingleton<IAmazonSQS>(_ => AwsEmulator.CreateSqsClient(_awsUrl));
            _configure?.Invoke(services);
        });
    }

    private static Profile ProfileOf(string columnName) =>
        new()
        {
            Rows = 3,
            Bytes = 17,
            Columns =
            [
                new ColumnProfile
                {
                    Name = columnName,
                    Type = ColumnType.Integer,
                    Count = 3,
                    Nulls = 0,
                    Min = "1",
                    Max = "3",
                    Mean = 2,
                    StandardDeviation = 1,
                    Quantiles = new Quantiles(1, 1, 1, 2, 3, 3, 3),
                    Distinct = 3,
                    DistinctIsExact = true,
                    MostFrequent = [new FrequentValue(columnName, 3, IsExact: true)],
                },
            ],
        };
}
