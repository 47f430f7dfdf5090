using Amazon.Runtime;
using AWSSDK.Tests.Models;
using ServiceDefaults.Tests.Aws;

namespace AWSSDK.Tests.Wire;

/// <summary>Each member of each request and response that the polyfills have, and each error of the models, over HTTP.</summary>
public sealed class EveryMemberTests
{
    [Theory]
    [MemberData(nameof(TestedService.Ids), MemberType = typeof(TestedService))]
    public async Task Every_member_of_a_request_is_sent_and_of_a_response_is_read(string id)
    {
        var service = TestedService.Of(id);
        var model = await ServiceModel.OfAsync(service);
        await using var server = await AwsServer.StartAsync(request => Answer(model, request));
        using var client = LoopbackService.Client(service, server);

        foreach (var operation in service.Operations.Select(model.OperationOf))
        {
            var sent = Sample.Of(operation.Input);
            var request = (AmazonWebServiceRequest)Sample.ToObject(service.Shape(operation.Name + "Request"), operation.Input, sent);
            var expected = Sample.ToObject(service.Shape(operation.Name + "Response"), operation.Output, Sample.Of(operation.Output));

            var response = await TestedService.AskAsync(client, request);

            AssertSent(model, operation, sent, server.Requests.Last());
            Assert.Equal(Sample.Describe(expected), Sample.Describe(response));
            Assert.Equal("request-1", response.ResponseMetadata.RequestId);
        }
    }

    [Theory]
    [MemberData(nameof(TestedService.Ids), MemberType = typeof(TestedService))]
    public async Task A_request_that_says_nothing_sends_nothing_and_an_empty_answer_is_read_as_nothing(string id)
    {
        var service = TestedService.Of(id);
        var model = await ServiceModel.OfAsync(service);
        await using var server = await AwsServer.StartAsync(request =>
            model.IsQuery ? LoopbackService.Xml(LoopbackService.Query(request)["Action"]) : LoopbackService.Json("")
        );
        using var client = LoopbackService.Client(service, server);

        foreach (var operation in service.Operations.Select(model.OperationOf))
        {
            var response = await TestedService.AskAsync(
                client,
                (AmazonWebServiceRequest)Activator.CreateInstance(service.Shape(operation.Name + "Request"))!
            );

            Assert.Equal(Sample.Describe(Activator.CreateInstance(response.GetType())), Sample.Describe(response));
            var tokens = operation.Input?.AllMembers.Where(member => member.IsIdempotencyToken).Select(member => member.Name) ?? [];
            Assert.Equal(
                model.IsQuery ? ["Action", "Version"] : tokens,
                model.IsQuery
                    ? LoopbackService.Query(server.Requests.Last()).Keys
                    : Body(server.Requests.Last()).Select(member => member.Key)
            );
        }
    }

    [Theory]
    [MemberData(nameof(TestedService.Ids), MemberType = typeof(TestedService))]
    public async Task An_error_is_thrown_as_its_exception_where_its_operation_declares_it_and_as_the_services_own_elsewhere(string id)
    {
        var service = TestedService.Of(id);
        var model = await ServiceModel.OfAsync(service);
        var error = "";
        await using var server = await AwsServer.StartAsync(_ =>
            model.IsQuery ? LoopbackService.XmlError(error, "What was wrong.") : LoopbackService.JsonError(error, "What was wrong.")
        );
        using var client = LoopbackService.Client(service, server);

        foreach (var operation in service.Operations.Select(model.OperationOf))
        {
            var declared = operation.Errors.Select(error => error.ErrorCode).ToHashSet();
            var errors = service.Operations.SelectMany(other => model.OperationOf(other).Errors).DistinctBy(error => error.ErrorCode);
            foreach (
                var (code, name) in errors.Select(shape => (shape.ErrorCode, OfficialNames.Exception(shape))).Append(("Undeclared", ""))
            )
            {
                var expected =
                    declared.Contains(code) && model.ClassOf(name) is not null ? name : service.Interface.Name[1..] + "Exception";
                error = code;
                var request = (AmazonWebServiceRequest)Activator.CreateInstance(service.Shape(operation.Name + "Request"))!;

                var exception = await Assert.ThrowsAnyAsync<AmazonServiceException>(() => TestedService.AskAsync(client, request));

                Assert.Equal(
                    (expected, code, "What was wrong.", "request-1"),
                    (exception.GetType().Name, exception.ErrorCode, exception.Message, exception.RequestId)
                );
            }
        }
    }

    private static AwsAnswer Answer(ServiceModel model, AwsRequest request)
    {
        var operation = model.OperationOf(LoopbackService.OperationOf(request));
        var sample = Sample.Of(operation.Output);
        return model.IsQuery
            ? LoopbackService.Xml(operation.Name, [.. Sample.ToXml(operation.Output, sample)])
            : LoopbackService.Json(sample);
    }

    private static void AssertSent(ServiceModel model, Operation operation, JsonObject expected, AwsRequest request)
    {
        if (model.IsQuery)
        {
            var query = LoopbackService.Query(request);
            Assert.Equal((operation.Name, model.Metadata("apiVersion")), (query["Action"], query["Version"]));
            query.Remove("Action");
            query.Remove("Version");
            Assert.Equal(Sample.ToQuery(operation.Input, expected), query);
            return;
        }

        if (model.IsRest)
        {
            Assert.Equal(("POST", $"/{operation.Name}"), (request.Method, request.Path));
            Assert.Equal("application/json", request.Headers["Content-Type"]);
        }
        else
        {
            Assert.Equal($"{model.Metadata("targetPrefix")}.{operation.Name}", request.Headers["X-Amz-Target"]);
            Assert.Equal($"application/x-amz-json-{model.Metadata("jsonVersion")}", request.Headers["Content-Type"]);
        }

        // REST has nothing where an operation takes nothing.
        Assert.Equal(model.IsRest && expected.Count == 0, request.Body.Length == 0);
        Assert.True(JsonNode.DeepEquals(expected, Body(request)), $"{operation.Name}\n{expected.ToJsonString()}\n{request.Body}");
    }

    private static JsonObject Body(AwsRequest request) => request.Body.Length == 0 ? [] : JsonNode.Parse(request.Body)!.AsObject();
}
