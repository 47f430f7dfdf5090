using Amazon.Runtime;

namespace Amazon.ECR.Model;

public class BatchGetImageRequest : AmazonECRRequest
{
    public List<ImageIdentifier> ImageIds { get; set; }
    public string RepositoryName { get; set; }
}

public class BatchGetImageResponse : AmazonWebServiceResponse
{
    public List<Image> Images { get; set; }
}
