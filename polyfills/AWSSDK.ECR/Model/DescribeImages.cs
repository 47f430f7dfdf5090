using Amazon.Runtime;

namespace Amazon.ECR.Model;

public class DescribeImagesRequest : AmazonECRRequest
{
    public List<ImageIdentifier> ImageIds { get; set; }
    public string NextToken { get; set; }
    public string RepositoryName { get; set; }
}

public class DescribeImagesResponse : AmazonWebServiceResponse
{
    public List<ImageDetail> ImageDetails { get; set; }
    public string NextToken { get; set; }
}

public class ImageDetail
{
    public string ImageDigest { get; set; }
    public DateTime? ImagePushedAt { get; set; }
    public long? ImageSizeInBytes { get; set; }
    public List<string> ImageTags { get; set; }
}
