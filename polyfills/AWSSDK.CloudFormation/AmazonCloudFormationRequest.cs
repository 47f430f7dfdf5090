using Amazon.Runtime;

namespace Amazon.CloudFormation;

/// <summary>What the requests to this service have in common.</summary>
public class AmazonCloudFormationRequest : AmazonWebServiceRequest;
