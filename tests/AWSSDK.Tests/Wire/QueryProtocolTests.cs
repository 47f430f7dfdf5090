using System.Net;
using System.Xml.Linq;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.Runtime;
using ServiceDefaults.Tests.Aws;

namespace AWSSDK.Tests.Wire;

public sealed class QueryProtocolTests
{
    [Fact]
    public async Task Lists_maps_and_structures_are_numbered_and_dotted_names()
    {
        await using var server = await LoopbackService.AnswerAsync(
            LoopbackService.Xml("CreateChangeSet", new XElement("Id", "arn:change-set"))
        );
        using var client = Client(server);

        var response = await client.CreateChangeSetAsync(
            new CreateChangeSetRequest
            {
                StackName = "shop",
                ChangeSetName = "deploy-1",
                ChangeSetType = ChangeSetType.IMPORT,
                IncludeNestedStacks = true,
                TemplateBody = "{\"Resources\": {}}",
                Capabilities = ["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
                Parameters =
                [
                    new Parameter { ParameterKey = "ApiImage", ParameterValue = "repo@sha256:1&b=ü d" },
                    new Parameter { ParameterKey = "Zone", UsePreviousValue = true },
                ],
                ResourcesToImport =
                [
                    new ResourceToImport
                    {
                        LogicalResourceId = "Bucket",
                        ResourceType = "AWS::S3::Bucket",
                        ResourceIdentifier = new() { ["BucketName"] = "data" },
                    },
                ],
            }
        );

        Assert.Equal("arn:change-set", response.Id);
        Assert.Equal(
            """
            Action=CreateChangeSet
            Capabilities.member.1=CAPABILITY_NAMED_IAM
            Capabilities.member.2=CAPABILITY_AUTO_EXPAND
            ChangeSetName=deploy-1
            ChangeSetType=IMPORT
            IncludeNestedStacks=true
            Parameters.member.1.ParameterKey=ApiImage
            Parameters.member.1.ParameterValue=repo%40sha256%3A1%26b%3D%C3%BC%20d
            Parameters.member.2.ParameterKey=Zone
            Parameters.member.2.UsePreviousValue=true
            ResourcesToImport.member.1.LogicalResourceId=Bucket
            ResourcesToImport.member.1.ResourceIdentifier.entry.1.key=BucketName
            ResourcesToImport.member.1.ResourceIdentifier.entry.1.value=data
            ResourcesToImport.member.1.ResourceType=AWS%3A%3AS3%3A%3ABucket
            StackName=shop
            TemplateBody=%7B%22Resources%22%3A%20%7B%7D%7D
            Version=2010-05-15
            """,
            server.Requests.Single().Body.Replace('&', '\n')
        );
        Assert.Equal("application/x-www-form-urlencoded; charset=utf-8", server.Requests.Single().Headers["Content-Type"]);
    }

    [Fact]
    public async Task An_answer_is_read_with_its_lists_times_and_unknown_elements()
    {
        await using var server = await LoopbackService.AnswerAsync(
            new AwsAnswer(
                200,
                """
                <?xml version="1.0"?>
                <DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
                  <DescribeStacksResult>
                    <Stacks>
                      <member>
                        <StackName>shop</StackName>
                        <StackStatusReason/>
                        <StackStatus>UPDATE_ROLLBACK_COMPLETE</StackStatus>
                        <CreationTime>2026-11-24T16:59:14.250Z</CreationTime>
                        <DisableRollback>false</DisableRollback>
                        <Outputs/>
                        <Parameters>
                          <member><ParameterKey>k</ParameterKey><ParameterValue>v</ParameterValue><UsePreviousValue>false</UsePreviousValue></member>
                        </Parameters>
                        <FromTheFuture><member><Key>x</Key></member></FromTheFuture>
                      </member>
                      <member>
                        <StackName>other</StackName>
                        <StackStatus>STATUS_FROM_THE_FUTURE</StackStatus>
                      </member>
                    </Stacks>
                  </DescribeStacksResult>
                  <ResponseMetadata><RequestId>request-2</RequestId></ResponseMetadata>
                </DescribeStacksResponse>
                """,
                "text/xml",
                new() { ["x-amzn-RequestId"] = "request-2" }
            )
        );
        using var client = Client(server);

        var response = await client.DescribeStacksAsync(new DescribeStacksRequest());

        var stack = response.Stacks[0];
        Assert.Equal(("shop", "", StackStatus.UPDATE_ROLLBACK_COMPLETE), (stack.StackName, stack.StackStatusReason, stack.StackStatus));
        Assert.Equal(new DateTime(2026, 11, 24, 16, 59, 14, 250, DateTimeKind.Utc), stack.CreationTime);
        Assert.Equal(DateTimeKind.Utc, stack.CreationTime!.Value.Kind);
        Assert.Equal(
            ("k", "v", false),
            (Assert.Single(stack.Parameters).ParameterKey, stack.Parameters[0].ParameterValue, stack.Parameters[0].UsePreviousValue)
        );
        Assert.Equal("STATUS_FROM_THE_FUTURE", response.Stacks[1].StackStatus.Value);
        Assert.Null(stack.LastUpdatedTime);
        Assert.Equal(("request-2", HttpStatusCode.OK), (response.ResponseMetadata.RequestId, response.HttpStatusCode));

        // As the official clients have it: an empty list of XML is no list.
        Assert.Null(stack.Outputs);
        Assert.Null(response.Stacks[1].Parameters);
    }

    [Fact]
    public async Task A_template_comes_back_with_its_own_line_ends_and_spaces()
    {
        const string Template = "\n  # a comment\r\nResources:\n\tx: \"<&>\"  \n";
        await using var server = await LoopbackService.AnswerAsync(
            LoopbackService.Xml("GetTemplate", new XElement("TemplateBody", Template)) with
            {
                Body =
                    $"<GetTemplateResponse><GetTemplateResult><TemplateBody>{Template.Replace("&", "&amp;").Replace("<", "&lt;")}</TemplateBody></GetTemplateResult></GetTemplateResponse>",
            }
        );
        using var client = Client(server);

        Assert.Equal(Template, (await client.GetTemplateAsync(new GetTemplateRequest { StackName = "shop" })).TemplateBody);
    }

    [Fact]
    public async Task An_error_carries_its_code_type_status_and_request()
    {
        await using var server = await LoopbackService.AnswerAsync(
            LoopbackService.XmlError("ChangeSetNotFound", "ChangeSet [x] does not exist", 404)
        );
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<ChangeSetNotFoundException>(() =>
            client.DescribeChangeSetAsync(new DescribeChangeSetRequest { ChangeSetName = "x" })
        );

        Assert.Equal(
            ("ChangeSetNotFound", ErrorType.Sender, HttpStatusCode.NotFound, "request-1", "ChangeSet [x] does not exist"),
            (exception.ErrorCode, exception.ErrorType, exception.StatusCode, exception.RequestId, exception.Message)
        );
        Assert.Null(exception.Retryable);
    }

    [Fact]
    public async Task An_error_that_an_operation_does_not_declare_is_the_services_own_even_if_another_operation_declares_it()
    {
        await using var server = await LoopbackService.AnswerAsync(
            LoopbackService.XmlError("AlreadyExistsException", "Stack with id shop does not exist")
        );
        using var client = Client(server);

        var exception = await Assert.ThrowsAsync<AmazonCloudFormationException>(() =>
            client.DescribeStacksAsync(new DescribeStacksRequest { StackName = "shop" })
        );

        Assert.Equal("AlreadyExistsException", exception.ErrorCode);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_asked_for_again()
    {
        var whole = LoopbackService.Xml("ListImports", new XElement("Imports", new XElement("member", "shop")));
        var answers = new Queue<AwsAnswer>([whole with { Body = whole.Body[..30] }, whole]);
        await using var server = await AwsServer.StartAsync(_ => answers.Dequeue());
        using var client = Client(server, retries: 1);

        Assert.Equal(["shop"], (await client.ListImportsAsync(new ListImportsRequest { ExportName = "vpc" })).Imports);
    }

    private static AmazonCloudFormationClient Client(AwsServer server, int retries = 0) =>
        (AmazonCloudFormationClient)LoopbackService.Client(TestedService.CloudFormation, server, retries);
}
