using Amazon.Runtime;

namespace Amazon.ECR.Model;

public class PutImageRequest : AmazonECRRequest
{
    public string ImageManifest { get; set; }
    public string ImageTag { get; set; }
    public string RepositoryName { get; set; }
}

public class PutImageResponse : AmazonWebServiceResponse;
