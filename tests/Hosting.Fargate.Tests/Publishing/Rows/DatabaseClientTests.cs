using Hosting.Fargate.Application;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>The script that makes databases, with a client in the place of the real one that knows which are there.</summary>
public sealed class DatabaseClientTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("database-client-");

    public static TheoryData<string> Engines => [.. DatabaseEngine.All.Select(engine => engine.Name)];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task What_is_not_there_is_made_and_what_is_stays(string engine)
    {
        var run = await RunAsync(
            engine,
            "books",
            new()
            {
                ["DATABASE_1"] = "books",
                ["DATABASE_2"] = "the people",
                ["DATABASE_3"] = "stock",
                ["SCRIPT_3"] = "make it so",
            }
        );

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal("books is there\nthe people is made\nstock: by its script\n", run.Output);
        var statements = Statements();
        Assert.Equal(5, statements.Length);
        Assert.Contains("CREATE DATABASE", statements[2], StringComparison.Ordinal);
        Assert.Contains("the people", statements[2], StringComparison.Ordinal);
        Assert.Contains("make it so", statements[4], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_script_that_fails_ends_it_and_says_what_to_do(string engine)
    {
        var run = await RunAsync(
            engine,
            "",
            new()
            {
                ["DATABASE_1"] = "stock",
                ["SCRIPT_1"] = "fail",
                ["DATABASE_2"] = "never",
            }
        );

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("The script of stock has failed.", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Statements(), statement => statement.Contains("never", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_database_has_a_user_of_its_own_whose_password_is_in_no_argument(string engine)
    {
        var run = await RunAsync(
            engine,
            "books",
            new()
            {
                ["DATABASE_1"] = "books",
                ["DATABASE_2"] = "my_stock",
                ["USER_2"] = "keeper",
                ["PASSWORD_2"] = "Word-2",
            }
        );

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal("books is there\nmy_stock is made\nmy_stock has the user keeper\n", run.Output);
        var statements = Statements()[3..];
        Assert.NotEmpty(statements);
        Assert.Contains(
            engine switch
            {
                "postgres" => "ALTER DATABASE :\"name\" OWNER TO :\"owner\";",
                "mysql" => "GRANT ALL PRIVILEGES ON `my\\_stock`.* TO 'keeper'@'%';",
                _ => "ALTER ROLE db_owner ADD MEMBER [$(owner)]",
            },
            string.Concat(statements),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "Word-2",
            await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "arguments"), TestContext.Current.CancellationToken)
        );
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_server_that_does_not_answer_ends_it(string engine)
    {
        var run = await RunAsync(engine, "", new() { ["DATABASE_1"] = "unreachable" });

        Assert.NotEqual(0, run.ExitCode);
        Assert.Single(Statements());
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_statement_is_run_on_the_database_that_is_named_and_the_exit_code_is_the_clients(string engine)
    {
        var client = DatabaseEngine.Named(engine)!.Client;

        var named = await RunScriptAsync(
            client.Statement,
            "books",
            new() { ["STATEMENT"] = "SELECT $HOME 'books'\nFROM b", ["DATABASE"] = "the books" }
        );
        var other = await RunScriptAsync(client.Statement, "", new() { ["STATEMENT"] = "fail" });

        Assert.Equal((0, "1\n", ""), (named.ExitCode, named.Output, named.Errors));
        Assert.Equal(3, other.ExitCode);
        Assert.Contains("SELECT $HOME 'books' FROM b", Statements()[0], StringComparison.Ordinal);
        Assert.Equal(
            engine switch
            {
                "postgres" => ["the books", "postgres"],
                "mysql" => ["the books", "--table"],
                _ => new[] { "the books", "master" },
            },
            await File.ReadAllLinesAsync(Path.Combine(_folder.FullName, "databases"), TestContext.Current.CancellationToken)
        );
    }

    /// <summary>
    /// Clients take statements by their input, an argument or a file: this one notes all of it, and fails where it is told to.
    /// </summary>
    private Task<ProcessRun> RunAsync(string engine, string there, Dictionary<string, string> variables) =>
        RunScriptAsync(DatabaseEngine.Named(engine)!.Client.Making.Script(hasOwners: true), there, variables);

    private async Task<ProcessRun> RunScriptAsync(string script, string there, Dictionary<string, string> variables)
    {
        var folder = _folder.FullName;
        foreach (var client in new[] { "psql", "mysql", "sqlcmd" })
        {
            var path = Path.Combine(folder, client);
            await File.WriteAllTextAsync(
                path,
                $$"""
                #!/bin/sh
                echo "$*" >> {{folder}}/arguments
                case "$0 $*" in
                  *psql*) echo "$PGDATABASE" ;;
                  *sqlcmd*-Q*) echo "$*" | sed -n 's/.* -d \(.*\) -Q.*/\1/p' ;;
                  *mysql*) for last; do :; done; echo "$last" ;;
                esac >> {{folder}}/databases
                case "$0 $*" in
                  *sqlcmd*-i*) said="$(cat "$TMPDIR/script.sql")" ;;
                  *sqlcmd*) said="$*" ;;
                  *) said="$* $(cat)" ;;
                esac
                printf '%s\n' "$said" | tr '\n' ' ' >> {{folder}}/said
                echo >> {{folder}}/said
                case "$said" in
                  *unreachable*|*fail*) exit 3 ;;
                  *SELECT*{{(there.Length == 0 ? "nothing" : there)}}*|*{{(there.Length == 0 ? "nothing" : there)}}*SELECT*) echo 1 ;;
                  *COUNT*) echo 0 ;;
                esac
                """.ReplaceLineEndings("\n"),
                TestContext.Current.CancellationToken
            );
            Assert.Equal(0, (await ProcessRun.StartAsync("chmod", ["+x", path])).ExitCode);
        }

        variables["PATH"] = $"{folder}:{Environment.GetEnvironmentVariable("PATH")}";
        variables["TMPDIR"] = folder;
        variables["DATABASE_USER"] = "owner";
        return await ProcessRun.StartAsync("/bin/sh", ["-c", script], environment: variables);
    }

    private string[] Statements() => File.ReadAllLines(Path.Combine(_folder.FullName, "said"));
}
