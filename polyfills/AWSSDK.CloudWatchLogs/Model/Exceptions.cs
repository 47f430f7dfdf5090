namespace Amazon.CloudWatchLogs.Model;

public class LimitExceededException(string message, Exception innerException) : AmazonCloudWatchLogsException(message, innerException);

public class ResourceNotFoundException(string message, Exception innerException) : AmazonCloudWatchLogsException(message, innerException);
