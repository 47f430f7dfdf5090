using Amazon.Runtime;

namespace Amazon.ECR.Model;

public class BatchDeleteImageRequest : AmazonECRRequest
{
    public List<ImageIdentifier> ImageIds { get; set; }
    public string RepositoryName { get; set; }
}

public class BatchDeleteImageResponse : AmazonWebServiceResponse;
