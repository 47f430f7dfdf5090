using Amazon.Runtime;

namespace Amazon.ECR.Model;

public class ListImagesRequest : AmazonECRRequest
{
    public string NextToken { get; set; }
    public string RepositoryName { get; set; }
}

public class ListImagesResponse : AmazonWebServiceResponse
{
    public List<ImageIdentifier> ImageIds { get; set; }
    public string NextToken { get; set; }
}
