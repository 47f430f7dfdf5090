using System.Net;
using Amazon.Runtime;

namespace Amazon.CloudWatchLogs.Model;

public partial class OperationAbortedException : AmazonCloudWatchLogsException
{
    public OperationAbortedException()
    {
    }

    public OperationAbortedException(string message)
        : base(message)
    {
    }

    public OperationAbortedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public OperationAbortedException(Exception innerException)
        : base(innerException)
    {
    }

    public OperationAbortedException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public OperationAbortedException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
