using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.ECR.Model;

public partial class DescribeRepositoriesRequest : AmazonECRRequest
{
    [AWSProperty(Min = 1, Max = 1000)]
    public int? MaxResults { get; set; }

    public string NextToken { get; set; }

    public string RegistryId { get; set; }

    [AWSProperty(Min = 1, Max = 100)]
    public List<string> RepositoryNames { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class DescribeRepositoriesResponse : AmazonWebServiceResponse
{
    public string NextToken { get; set; }

    public List<Repository> Repositories { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public partial class Repository
{
    public DateTime? CreatedAt { get; set; }

    public EncryptionConfiguration EncryptionConfiguration { get; set; }

    public ImageScanningConfiguration ImageScanningConfiguration { get; set; }

    public ImageTagMutability ImageTagMutability { get; set; }

    [AWSProperty(Min = 1, Max = 5)]
    public List<ImageTagMutabilityExclusionFilter> ImageTagMutabilityExclusionFilters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string RegistryId { get; set; }

    public string RepositoryArn { get; set; }

    [AWSProperty(Min = 2, Max = 256)]
    public string RepositoryName { get; set; }

    public string RepositoryUri { get; set; }
}

public partial class EncryptionConfiguration
{
    [AWSProperty(Required = true)]
    public EncryptionType EncryptionType { get; set; }

    [AWSProperty(Min = 1, Max = 2048)]
    public string KmsKey { get; set; }
}

public partial class ImageScanningConfiguration
{
    public bool? ScanOnPush { get; set; }
}

public partial class ImageTagMutabilityExclusionFilter
{
    [AWSProperty(Required = true, Min = 1, Max = 128)]
    public string Filter { get; set; }

    [AWSProperty(Required = true)]
    public ImageTagMutabilityExclusionFilterType FilterType { get; set; }
}
