using Aspire.Hosting;

namespace Hosting.Fargate;

/// <summary>
/// How a replica for those that only read is made: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.html.
/// </summary>
[AspireExport(ExposeProperties = true, ExposeMethods = true)]
public sealed class ReadReplica
{
    private string? _instanceClass;

    internal ReadReplica() { }

    /// <summary>
    /// Processors and memory of a replica of RDS, such as <c>db.t4g.small</c>; those of the database unless set. A change restarts the
    /// replica. Instances of Aurora have the capacity of their cluster.
    /// </summary>
    /// <exception cref="ArgumentException">No name of a class.</exception>
    public string? InstanceClass
    {
        get => _instanceClass;
        set =>
            _instanceClass =
                value is null || RelationalDatabase.ClassName().IsMatch(value)
                    ? value
                    : throw new ArgumentException(
                        $"{nameof(InstanceClass)} is as db.t4g.micro is, and '{value}' is not.",
                        nameof(InstanceClass)
                    );
    }
}
