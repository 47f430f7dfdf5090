using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.ECR.Model;

public partial class DescribeImagesRequest : AmazonECRRequest
{
    public DescribeImagesFilter Filter { get; set; }

    [AWSProperty(Min = 1, Max = 100)]
    public List<ImageIdentifier> ImageIds { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    [AWSProperty(Min = 1, Max = 1000)]
    public int? MaxResults { get; set; }

    public string NextToken { get; set; }

    public string RegistryId { get; set; }

    [AWSProperty(Required = true, Min = 2, Max = 256)]
    public string RepositoryName { get; set; }
}

public partial class DescribeImagesResponse : AmazonWebServiceResponse
{
    public List<ImageDetail> ImageDetails { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string NextToken { get; set; }
}

public partial class DescribeImagesFilter
{
    public ImageStatusFilter ImageStatus { get; set; }

    public TagStatus TagStatus { get; set; }
}

public partial class ImageDetail
{
    public string ArtifactMediaType { get; set; }

    public string ImageDigest { get; set; }

    public string ImageManifestMediaType { get; set; }

    public DateTime? ImagePushedAt { get; set; }

    public ImageScanFindingsSummary ImageScanFindingsSummary { get; set; }

    public ImageScanStatus ImageScanStatus { get; set; }

    public long? ImageSizeInBytes { get; set; }

    public ImageStatus ImageStatus { get; set; }

    public List<string> ImageTags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public DateTime? LastActivatedAt { get; set; }

    public DateTime? LastArchivedAt { get; set; }

    public DateTime? LastRecordedPullTime { get; set; }

    public string RegistryId { get; set; }

    [AWSProperty(Min = 2, Max = 256)]
    public string RepositoryName { get; set; }

    public string SubjectManifestDigest { get; set; }
}

public partial class ImageScanFindingsSummary
{
    public Dictionary<string, int> FindingSeverityCounts { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public DateTime? ImageScanCompletedAt { get; set; }

    public DateTime? VulnerabilitySourceUpdatedAt { get; set; }
}

public partial class ImageScanStatus
{
    public string Description { get; set; }

    public ScanStatus Status { get; set; }
}
