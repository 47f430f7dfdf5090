namespace Hosting.Fargate;

/// <summary>
/// What a service may do with a table and its indexes. Deployed, each becomes statements in the role of the service's tasks.
/// </summary>
[Flags]
public enum TableAccess
{
    /// <summary>
    /// Read items: dynamodb:GetItem, BatchGetItem, Query, Scan, ConditionCheckItem, PartiQLSelect on the table and its indexes,
    /// dynamodb:DescribeTable on the table.
    /// </summary>
    Read = 1,

    /// <summary>
    /// Write items: dynamodb:PutItem, UpdateItem, DeleteItem, BatchWriteItem, ConditionCheckItem, PartiQLInsert, PartiQLUpdate,
    /// PartiQLDelete, DescribeTable on the table.
    /// </summary>
    Write = 2,

    /// <summary>Read and write.</summary>
    ReadWrite = Read | Write,
}
