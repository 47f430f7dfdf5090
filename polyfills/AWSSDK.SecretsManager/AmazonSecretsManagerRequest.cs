using Amazon.Runtime;

namespace Amazon.SecretsManager;

/// <summary>What the requests to this service have in common.</summary>
public class AmazonSecretsManagerRequest : AmazonWebServiceRequest;
