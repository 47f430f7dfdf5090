using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>An error of Amazon Elastic Container Service that has no exception of its own.</summary>
public class AmazonECSException(string message, Exception innerException) : AmazonServiceException(message, innerException);
