using Amazon.Runtime;

namespace Amazon.ECR.Model;

public class DescribeRepositoriesRequest : AmazonECRRequest
{
    public string NextToken { get; set; }
    public List<string> RepositoryNames { get; set; }
}

public class DescribeRepositoriesResponse : AmazonWebServiceResponse
{
    public string NextToken { get; set; }
    public List<Repository> Repositories { get; set; }
}

public class Repository
{
    public string RepositoryName { get; set; }
    public string RepositoryUri { get; set; }
}
