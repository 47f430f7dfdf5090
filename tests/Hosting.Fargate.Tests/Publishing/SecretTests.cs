using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using CsCheck;
using Hosting.Fargate.Publishing;
using Hosting.Fargate.Writing;
using Microsoft.Extensions.Configuration;

namespace Hosting.Fargate.Tests.Publishing;

/// <summary>A secret's value is in nothing that publishing writes or says.</summary>
public sealed class SecretTests
{
    private static readonly string[] s_pieces =
    [
        "{{resolve:secretsmanager:x:SecretString:y}}",
        "{{",
        "}}",
        "${x}",
        "${!x}",
        "$",
        "\"",
        "'",
        "\\",
        "\n",
        "\r\n",
        "\t",
        " ",
        "#",
        ": ",
        "- ",
        "%41",
        "&",
        "<",
        "é",
        "ß",
        "日本",
        "😀",
        "{0}",
        "İ",
    ];

    private static readonly Gen<string> s_around = Gen.Int[0, s_pieces.Length - 1]
        .Array[0, 5]
        .Select(indexes => string.Concat(indexes.Select(index => s_pieces[index])));

    private static readonly Gen<Secret> s_secret = Gen.Select(s_around, Gen.Char.AlphaNumeric.Array[20], s_around, (before, core, after) =>
        new Secret(before, new string(core), after)
    );

    [Fact]
    public async Task The_value_of_a_secret_is_in_no_file() =>
        await s_secret
            .Array[Model.Names.Length]
            .SampleAsync(
                async secrets =>
                {
                    var values = Model.Names.Zip(secrets).ToDictionary(pair => pair.First, pair => (string?)pair.Second.Value);
                    var texts = TextsOf(await Published.ModelAsync(builder => Model.Build(builder, values)));
                    foreach (var (name, secret) in Model.Names.Zip(secrets))
                    {
                        var leaks = SecretLeaks.Find(secret.Value, secret.Core, texts);
                        Assert.True(leaks.Count == 0, $"{name}: {string.Join(", ", leaks)}");
                    }

                    return true;
                },
                iter: 40,
                threads: 2
            );

    [Fact]
    public async Task The_value_of_a_secret_is_in_no_file_and_no_output_of_the_process()
    {
        foreach (var secret in s_secret.Array[3].Single())
        {
            var folder = Directory.CreateTempSubdirectory("published-");
            try
            {
                var run = await AppHostRun.PublishAsync(
                    folder.FullName,
                    ("Parameters__api-key", secret.Value),
                    ("Logging__LogLevel__Default", "Trace"),
                    ("Pipeline__LogLevel", "trace")
                );
                Assert.True(run.ExitCode == 0, run.Output + run.Errors);
                Assert.NotEmpty(run.Output);
                var files = Directory
                    .EnumerateFiles(folder.FullName, "*", SearchOption.AllDirectories)
                    .Select(path => (Path.GetFileName(path), File.ReadAllText(path)))
                    .ToList();
                Assert.NotEmpty(files);
                Assert.Empty(
                    SecretLeaks.Find(secret.Value, secret.Core, [.. files, ("standard output", run.Output), ("standard error", run.Errors)])
                );
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }
    }

    [Fact]
    public async Task A_value_that_is_no_secret_is_found()
    {
        // The same model, the same way, with one parameter that somebody forgot to call a secret.
        var secret = new Secret("${", "AStringOf20Letters00", "\"");
        var texts = TextsOf(
            await Published.ModelAsync(builder =>
            {
                builder.Configuration["Parameters:forgotten"] = secret.Value;
                builder.AddWorker("worker").WithEnvironment("VALUE", builder.AddParameter("forgotten"));
            })
        );
        Assert.NotEmpty(SecretLeaks.Find(secret.Value, secret.Core, texts));
    }

    [Fact]
    public void A_leak_is_found_in_every_form()
    {
        Gen.Select(s_secret, s_around)
            .Sample(
                (secret, around) =>
                {
                    var text = around + secret.Value + around;
                    string[] leaks =
                    [
                        text,
                        System.Text.Json.JsonSerializer.Serialize(text),
                        Uri.EscapeDataString(text),
                        Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
                        Convert.ToBase64String(Encoding.Unicode.GetBytes(text)),
                        Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text)),
                        text.ToLowerInvariant(),
                    ];
                    Assert.All(leaks, leak =>
                        Assert.NotEmpty(SecretLeaks.Find(secret.Value, secret.Core, [("a file", $"before {leak} after")]))
                    );
                    Assert.Empty(SecretLeaks.Find(secret.Value, secret.Core, [("a file", $"before {around} after")]));
                },
                iter: 200
            );
    }

    /// <summary>All that a reader of the output gets, what CloudFormation gets, and what the console is told.</summary>
    private static List<(string Name, string Content)> TextsOf(Publication publication) =>
        [
            .. publication.Files.Select(file => (file.Name, file.Content)),
            .. publication.Templates.All.Select(template =>
                ($"{template.StackName}.json", Encoding.UTF8.GetString(TemplateJson.Write(template)))
            ),
            ("the notices", string.Join('\n', publication.Application.Notices.Select(notice => notice.Text))),
        ];

    private sealed record Secret(string Before, string Core, string After)
    {
        public string Value => Before + Core + After;
    }

    /// <summary>Secrets in every place where a model can have one.</summary>
    private static class Model
    {
        public static readonly string[] Names =
        [
            "Parameters:api-key",
            "Parameters:password",
            "Parameters:generated",
            "Parameters:of-task",
            "Parameters:chosen",
            "Parameters:unused",
            "ConnectionStrings:orders",
            "ConnectionStrings:unused-connection",
        ];

        public static void Build(IDistributedApplicationBuilder builder, IReadOnlyDictionary<string, string?> values)
        {
            builder.Configuration.AddInMemoryCollection(values);
            builder.AddFargateEnvironment("vault");
            var key = builder.AddParameter("api-key", secret: true);
            var password = builder.AddParameter("password", secret: true);
            var generated = builder.AddParameter("generated", new GenerateParameterDefault { MinLength = 32 }, secret: true);
            var ofTask = builder.AddParameter("of-task", secret: true);
            var chosen = builder.AddParameter("chosen", secret: true);
            builder.AddParameter("unused", secret: true);
            var stage = builder.AddParameter("stage", "prod");
            var orders = builder.AddConnectionString("orders");
            builder.AddConnectionString("unused-connection");
            var database = builder.AddConnectionString(
                "database",
                ReferenceExpression.Create($"Host=db;Password={password};Key={key:uri}")
            );
            builder
                .AddWeb("api")
                .WithExternalHttpEndpoints()
                .WithEnvironment("KEY", key)
                .WithEnvironment("URL", ReferenceExpression.Create($"https://user:{password:uri}@db/{generated}"))
                .WithEnvironment(
                    "CHOICE",
                    ReferenceExpression.CreateConditional(
                        stage.Resource,
                        "prod",
                        ReferenceExpression.Create($"key={chosen}"),
                        ReferenceExpression.Create($"none")
                    )
                )
                .WithReference(orders)
                .WithReference(database);
            builder.AddContainer("worker", "busybox", "1").WithEnvironment("GENERATED", generated).WithReference(database);
            builder.AddWorker("migrate").WithEnvironment("SECRET", ofTask).WithReference(orders).PublishAsFargateTask();
            builder.AddWorker("nightly").WithReference(database).PublishAsFargateTask(task => task.OnSchedule("rate(1 day)"));
        }
    }
}
