using Amazon.Runtime;

namespace Amazon.CloudFormation.Model;

public class ListExportsRequest : AmazonCloudFormationRequest;

public class ListExportsResponse : AmazonWebServiceResponse;
