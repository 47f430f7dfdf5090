namespace Hosting.Fargate.Application;

/// <summary>What CloudFormation calls databases.</summary>
internal static class DatabaseTypes
{
    /// <summary>An instance of RDS, or one of a cluster.</summary>
    public const string Instance = "AWS::RDS::DBInstance";

    /// <summary>A cluster of Aurora.</summary>
    public const string Cluster = "AWS::RDS::DBCluster";

    /// <summary>Whether a resource holds the data of a database: an instance of a cluster does not, nor a replica.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="id">Its logical id.</param>
    public static bool HoldsData(string type, string id) =>
        type == Cluster || (type == Instance && !DatabaseServer.IsOfCluster(id) && !DatabaseReplica.Is(id));
}
