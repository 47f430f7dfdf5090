using Amazon.CloudFormation.Model;
using Amazon.Runtime.Internal;
using AwsProtocols;

namespace Amazon.CloudFormation;

/// <summary>How each operation is asked and answered, and which exceptions it declares.</summary>
internal static class Operations
{
    private static readonly QueryService Service = new("Amazon.CloudFormation", "2010-05-15", typeof(AmazonCloudFormationException));

    public static readonly InvokeOptions CancelUpdateStack = Service.Operation<CancelUpdateStackResponse>(
        "CancelUpdateStack",
        typeof(TokenAlreadyExistsException));

    public static readonly InvokeOptions ContinueUpdateRollback = Service.Operation<ContinueUpdateRollbackResponse>(
        "ContinueUpdateRollback",
        typeof(TokenAlreadyExistsException));

    public static readonly InvokeOptions CreateChangeSet = Service.Operation<CreateChangeSetResponse>(
        "CreateChangeSet",
        typeof(AlreadyExistsException),
        typeof(InsufficientCapabilitiesException),
        typeof(LimitExceededException));

    public static readonly InvokeOptions DeleteChangeSet = Service.Operation<DeleteChangeSetResponse>(
        "DeleteChangeSet",
        typeof(InvalidChangeSetStatusException));

    public static readonly InvokeOptions DeleteStack = Service.Operation<DeleteStackResponse>(
        "DeleteStack",
        typeof(TokenAlreadyExistsException));

    public static readonly InvokeOptions DescribeChangeSet = Service.Operation<DescribeChangeSetResponse>(
        "DescribeChangeSet",
        typeof(ChangeSetNotFoundException));

    public static readonly InvokeOptions DescribeStackEvents = Service.Operation<DescribeStackEventsResponse>("DescribeStackEvents");

    public static readonly InvokeOptions DescribeStackResources = Service.Operation<DescribeStackResourcesResponse>("DescribeStackResources");

    public static readonly InvokeOptions DescribeStacks = Service.Operation<DescribeStacksResponse>("DescribeStacks");

    public static readonly InvokeOptions ExecuteChangeSet = Service.Operation<ExecuteChangeSetResponse>(
        "ExecuteChangeSet",
        typeof(ChangeSetNotFoundException),
        typeof(InsufficientCapabilitiesException),
        typeof(InvalidChangeSetStatusException),
        typeof(TokenAlreadyExistsException));

    public static readonly InvokeOptions GetTemplate = Service.Operation<GetTemplateResponse>(
        "GetTemplate",
        typeof(ChangeSetNotFoundException));

    public static readonly InvokeOptions ListChangeSets = Service.Operation<ListChangeSetsResponse>("ListChangeSets");

    public static readonly InvokeOptions ListExports = Service.Operation<ListExportsResponse>("ListExports");

    public static readonly InvokeOptions ListImports = Service.Operation<ListImportsResponse>("ListImports");

    public static readonly InvokeOptions ListStackResources = Service.Operation<ListStackResourcesResponse>("ListStackResources");

    public static readonly InvokeOptions RollbackStack = Service.Operation<RollbackStackResponse>(
        "RollbackStack",
        typeof(TokenAlreadyExistsException));

    public static readonly InvokeOptions UpdateTerminationProtection = Service.Operation<UpdateTerminationProtectionResponse>("UpdateTerminationProtection");

    public static readonly InvokeOptions ValidateTemplate = Service.Operation<ValidateTemplateResponse>("ValidateTemplate");
}
