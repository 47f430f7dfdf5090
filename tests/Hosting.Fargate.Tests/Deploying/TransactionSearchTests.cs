using System.Text.Json;
using Aspire.Hosting;
using Hosting.Fargate.Deploying.TransactionSearch;

namespace Hosting.Fargate.Tests.Deploying;

public sealed class TransactionSearchTests
{
    private static readonly SpansPolicy s_policy = new("aws", "eu-west-1", "123456789012");

    private static CancellationToken Deadline => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    [Theory]
    [InlineData("XRay", 0, nameof(TransactionSearchStatus.Off), "`deploy --transaction-search` turns it on")]
    [InlineData("CloudWatchLogs", 1, nameof(TransactionSearchStatus.Pending), "not in effect yet")]
    [InlineData("CloudWatchLogs", 0, nameof(TransactionSearchStatus.On), null)]
    public async Task What_is_on_is_read_and_said_in_a_line(string destination, int pendingFor, string status, string? line)
    {
        await using var account = await TraceAccount.StartAsync();
        (account.Destination, account.PendingFor) = (destination, pendingFor);

        var state = await account.Search.ReadAsync(Deadline);

        Assert.Equal(status, state.Status.ToString());
        var said = account.Search.Describe(state);
        Assert.Equal(line is null, said is null);
        Assert.Contains(line ?? "", said ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain('\n', said ?? "");
        Assert.Empty(account.Changes);
    }

    [Fact]
    public async Task Who_may_not_ask_is_told_so_and_not_stopped()
    {
        await using var account = await TraceAccount.StartAsync();
        account.Errors["GetTraceSegmentDestination"] = ("AccessDeniedException", "You may not.");

        var state = await account.Search.ReadAsync(Deadline);

        Assert.Equal(new TransactionSearchState(TransactionSearchStatus.Unknown, "AccessDeniedException: You may not"), state);
        Assert.Contains("is not known (AccessDeniedException: You may not)", account.Search.Describe(state), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_turned_on_by_a_policy_and_a_destination_and_waited_for()
    {
        await using var account = await TraceAccount.StartAsync();
        account.Policies["route53"] =
            """{"Statement":[{"Effect":"Allow","Principal":{"Service":"route53.amazonaws.com"},"Action":"logs:*","Resource":"*"}]}""";

        await account.Search.EnableAsync(Deadline);

        Assert.Equal(["PutResourcePolicy", "UpdateTraceSegmentDestination"], account.Changes);
        Assert.Equal(["route53", "aspire-transaction-search"], account.Policies.Keys);
        Assert.Equal(
            """
            {"Version":"2012-10-17","Statement":[{"Sid":"TransactionSearchXRayAccess","Effect":"Allow","Principal":{"Service":"xray.amazonaws.com"},"Action":"logs:PutLogEvents",
            "Resource":["arn:aws:logs:eu-west-1:123456789012:log-group:aws/spans:*","arn:aws:logs:eu-west-1:123456789012:log-group:/aws/application-signals/data:*"],
            "Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:xray:eu-west-1:123456789012:*"},"StringEquals":{"aws:SourceAccount":"123456789012"}}}]}
            """.ReplaceLineEndings(""),
            account.Policies["aspire-transaction-search"]
        );
        Assert.Equal(TransactionSearchStatus.On, (await account.Search.ReadAsync(Deadline)).Status);
        Assert.True(account.Time.Passed > TimeSpan.Zero);
    }

    [Fact]
    public async Task Turned_on_again_nothing_changes()
    {
        await using var account = await TraceAccount.StartAsync();
        await account.Search.EnableAsync(Deadline);
        var before = account.Changes.Count;

        await account.Search.EnableAsync(Deadline);

        Assert.Equal(before, account.Changes.Count);
    }

    [Fact]
    public async Task Interrupted_after_the_policy_it_goes_on_where_it_was()
    {
        await using var account = await TraceAccount.StartAsync();
        account.Policies[Fargate.Deploying.TransactionSearch.TransactionSearch.PolicyName] = s_policy.Document;

        await account.Search.EnableAsync(Deadline);

        Assert.Equal(["UpdateTraceSegmentDestination"], account.Changes);
    }

    [Fact]
    public async Task A_policy_of_the_same_name_that_is_another_stays_as_it_is()
    {
        await using var account = await TraceAccount.StartAsync();
        account.Policies["aspire-transaction-search"] = """{"Statement":[]}""";

        await account.Search.EnableAsync(Deadline);

        Assert.Equal(["aspire-transaction-search", "aspire-transaction-search-2"], account.Policies.Keys);
        Assert.Equal("""{"Statement":[]}""", account.Policies["aspire-transaction-search"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_account_with_ten_policies_is_told_what_to_do(bool isSeenBefore)
    {
        await using var account = await TraceAccount.StartAsync();
        for (var i = 0; i < (isSeenBefore ? 10 : 9); i++)
        {
            account.Policies[$"policy-{i}"] = "{}";
        }

        if (!isSeenBefore)
        {
            account.Errors["PutResourcePolicy"] = ("LimitExceededException", "Resource limit exceeded.");
        }

        var exception = await Assert.ThrowsAsync<DistributedApplicationException>(() => account.Search.EnableAsync(Deadline));

        Assert.Contains("as many in eu-west-1 as AWS allows (10: policy-0, policy-1", exception.Message, StringComparison.Ordinal);
        Assert.Contains("aws logs delete-resource-policy --region eu-west-1", exception.Message, StringComparison.Ordinal);
        Assert.Equal("XRay", account.Destination);
        Assert.DoesNotContain("aspire-transaction-search", account.Policies.Keys);
    }

    [Fact]
    public async Task With_ten_policies_of_which_one_allows_it_no_other_is_needed()
    {
        await using var account = await TraceAccount.StartAsync();
        for (var i = 0; i < 10; i++)
        {
            account.Policies[$"policy-{i}"] = i == 9 ? s_policy.Document : "{}";
        }

        await account.Search.EnableAsync(Deadline);

        Assert.Equal("CloudWatchLogs", account.Destination);
        Assert.Equal(10, account.Policies.Count);
    }

    [Fact]
    public async Task A_policy_that_X_Ray_does_not_see_yet_is_waited_for()
    {
        await using var account = await TraceAccount.StartAsync();
        account.BlindFor = 3;

        await account.Search.EnableAsync(Deadline);

        Assert.Equal("CloudWatchLogs", account.Destination);
    }

    [Fact]
    public async Task What_never_comes_ends_with_what_to_do()
    {
        await using var account = await TraceAccount.StartAsync();
        account.BlindFor = int.MaxValue;
        Assert.Contains(
            "X-Ray may not write to CloudWatch Logs in eu-west-1, though a resource policy allows it: XRay does not have permission",
            (await Assert.ThrowsAsync<DistributedApplicationException>(() => account.Search.EnableAsync(Deadline))).Message,
            StringComparison.Ordinal
        );
        Assert.InRange(account.Time.Passed, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3));

        (account.BlindFor, account.PendingFor) = (0, int.MaxValue);
        Assert.Contains(
            "is not in effect after 15 minutes. AWS goes on by itself",
            (await Assert.ThrowsAsync<DistributedApplicationException>(() => account.Search.EnableAsync(Deadline))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_commands_of_the_AWS_CLI_put_the_same_policy_and_destination()
    {
        await using var account = await TraceAccount.StartAsync();

        Assert.Equal(
            [
                $"aws logs put-resource-policy --region eu-west-1 --policy-name aspire-transaction-search --policy-document '{s_policy.Document}'",
                "aws xray update-trace-segment-destination --region eu-west-1 --destination CloudWatchLogs",
            ],
            account.Search.Commands
        );
    }

    [Theory]
    [InlineData(
        """{"Effect":"Allow","Principal":{"Service":["other.amazonaws.com","xray.amazonaws.com"]},"Action":["logs:CreateLogStream","logs:Put*"],"Resource":"*"}""",
        true
    )]
    [InlineData(
        """{"Effect":"Allow","Principal":"*","Action":"LOGS:putlogevents","Resource":"arn:aws:logs:eu-west-1:123456789012:log-group:*"}""",
        true
    )]
    [InlineData(
        """{"Effect":"Allow","Principal":{"Service":"xray.amazonaws.com"},"Action":"logs:*","Resource":"*","Condition":{"StringLike":{"aws:SourceArn":["arn:aws:xray:*:123456789012:*"]}}}""",
        true
    )]
    [InlineData(
        """{"Effect":"Allow","Principal":{"Service":"xray.amazonaws.com"},"Action":"logs:*","Resource":"*","Condition":{"StringEquals":{"aws:SourceAccount":"999999999999"}}}""",
        false
    )]
    [InlineData(
        """{"Effect":"Allow","Principal":{"Service":"xray.amazonaws.com"},"Action":"logs:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}""",
        false
    )]
    [InlineData("""{"Effect":"Deny","Principal":{"Service":"xray.amazonaws.com"},"Action":"logs:*","Resource":"*"}""", false)]
    [InlineData(
        """{"Effect":"Allow","Principal":{"Service":"xray.amazonaws.com"},"Action":"logs:*","Resource":"arn:aws:logs:eu-west-1:123456789012:log-group:aws/spans:*"}""",
        false
    )]
    [InlineData(
        """{"Effect":"Allow","Principal":{"Service":"xray.amazonaws.com"},"Action":"logs:CreateLogStream","Resource":"*"}""",
        false
    )]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"logs:*","Resource":"*"}""", false)]
    [InlineData("""7""", false)]
    public void What_a_policy_allows_is_read_from_it(string statement, bool expected)
    {
        Assert.Equal(expected, s_policy.IsGrantedBy([$$"""{"Statement":{{statement}}}"""]));
        Assert.Equal(expected, s_policy.IsGrantedBy(["no JSON", null, $$"""{"Statement":[{{statement}}]}"""]));
    }

    [Fact]
    public void Two_policies_may_allow_it_together()
    {
        string Of(string group) =>
            JsonSerializer.Serialize(
                new
                {
                    Statement = new
                    {
                        Effect = "Allow",
                        Principal = new { Service = "xray.amazonaws.com" },
                        Action = "logs:PutLogEvents",
                        Resource = $"arn:aws:logs:eu-west-1:123456789012:log-group:{group}:*",
                    },
                }
            );

        Assert.True(s_policy.IsGrantedBy([Of("aws/spans"), Of("/aws/application-signals/data")]));
        Assert.False(s_policy.IsGrantedBy([Of("aws/spans"), Of("aws/spans")]));
    }
}
