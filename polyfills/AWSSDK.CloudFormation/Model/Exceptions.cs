using AwsProtocols;

namespace Amazon.CloudFormation.Model;

public class AlreadyExistsException(string message, Exception innerException) : AmazonCloudFormationException(message, innerException);

[WireName("ChangeSetNotFound")]
public class ChangeSetNotFoundException(string message, Exception innerException) : AmazonCloudFormationException(message, innerException);

[WireName("InvalidChangeSetStatus")]
public class InvalidChangeSetStatusException(string message, Exception innerException)
    : AmazonCloudFormationException(message, innerException);
