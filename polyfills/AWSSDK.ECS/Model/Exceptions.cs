namespace Amazon.ECS.Model;

public class ClusterNotFoundException(string message, Exception innerException) : AmazonECSException(message, innerException);
