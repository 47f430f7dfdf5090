using Amazon.CloudFormation.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Amazon.CloudFormation;

/// <summary>AWS CloudFormation: stacks and change sets.</summary>
public partial interface IAmazonCloudFormation : IAmazonService, IDisposable
{
    /// <summary>Stops an update that is in progress and rolls it back.</summary>
    Task<CancelUpdateStackResponse> CancelUpdateStackAsync(CancelUpdateStackRequest request, CancellationToken cancellationToken = default);

    /// <summary>Goes on with a rollback of an update that failed, past the resources named.</summary>
    Task<ContinueUpdateRollbackResponse> ContinueUpdateRollbackAsync(ContinueUpdateRollbackRequest request, CancellationToken cancellationToken = default);

    /// <summary>Works out what a template would change in a stack, which may not exist yet, without changing it.</summary>
    Task<CreateChangeSetResponse> CreateChangeSetAsync(CreateChangeSetRequest request, CancellationToken cancellationToken = default);

    /// <summary>Deletes a change set.</summary>
    Task<DeleteChangeSetResponse> DeleteChangeSetAsync(DeleteChangeSetRequest request, CancellationToken cancellationToken = default);

    /// <summary>Begins to delete a stack and its resources.</summary>
    Task<DeleteStackResponse> DeleteStackAsync(DeleteStackRequest request, CancellationToken cancellationToken = default);

    /// <summary>What a change set would do, and whether it is ready.</summary>
    Task<DescribeChangeSetResponse> DescribeChangeSetAsync(DescribeChangeSetRequest request, CancellationToken cancellationToken = default);

    /// <summary>What happened in a stack, newest first.</summary>
    Task<DescribeStackEventsResponse> DescribeStackEventsAsync(DescribeStackEventsRequest request, CancellationToken cancellationToken = default);

    /// <summary>The resources of a stack, at most 100 of them.</summary>
    Task<DescribeStackResourcesResponse> DescribeStackResourcesAsync(DescribeStackResourcesRequest request, CancellationToken cancellationToken = default);

    /// <summary>One stack, or all there are in the region.</summary>
    Task<DescribeStacksResponse> DescribeStacksAsync(CancellationToken cancellationToken = default);

    /// <summary>One stack, or all there are in the region.</summary>
    Task<DescribeStacksResponse> DescribeStacksAsync(DescribeStacksRequest request, CancellationToken cancellationToken = default);

    /// <summary>Begins to do what a change set says.</summary>
    Task<ExecuteChangeSetResponse> ExecuteChangeSetAsync(ExecuteChangeSetRequest request, CancellationToken cancellationToken = default);

    /// <summary>The template of a stack or of a change set.</summary>
    Task<GetTemplateResponse> GetTemplateAsync(GetTemplateRequest request, CancellationToken cancellationToken = default);

    /// <summary>The change sets of a stack.</summary>
    Task<ListChangeSetsResponse> ListChangeSetsAsync(ListChangeSetsRequest request, CancellationToken cancellationToken = default);

    /// <summary>The outputs that stacks of this account export in this region.</summary>
    Task<ListExportsResponse> ListExportsAsync(ListExportsRequest request, CancellationToken cancellationToken = default);

    /// <summary>The stacks that import an exported output.</summary>
    Task<ListImportsResponse> ListImportsAsync(ListImportsRequest request, CancellationToken cancellationToken = default);

    /// <summary>The resources of a stack, page by page.</summary>
    Task<ListStackResourcesResponse> ListStackResourcesAsync(ListStackResourcesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Takes a stack whose create or update failed back to its last stable state.</summary>
    Task<RollbackStackResponse> RollbackStackAsync(RollbackStackRequest request, CancellationToken cancellationToken = default);

    /// <summary>Says whether a stack may be deleted.</summary>
    Task<UpdateTerminationProtectionResponse> UpdateTerminationProtectionAsync(UpdateTerminationProtectionRequest request, CancellationToken cancellationToken = default);

    /// <summary>Whether a template is one, with its parameters and the capabilities it needs.</summary>
    Task<ValidateTemplateResponse> ValidateTemplateAsync(ValidateTemplateRequest request, CancellationToken cancellationToken = default);

    /// <summary>The endpoint that a request goes to.</summary>
    Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonCloudFormationConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig)
    {
        if (clientConfig is not AmazonCloudFormationConfig config)
        {
            throw new AmazonClientException("ClientConfig is not of type AmazonCloudFormationConfig to create AmazonCloudFormationClient");
        }

        return awsCredentials is null ? new AmazonCloudFormationClient(config) : new AmazonCloudFormationClient(awsCredentials, config);
    }
}
