namespace Aws.Ecs.Tasks;

/// <summary>
/// Scale-in protection of the task that the process runs in: while there is work that would be a pity to interrupt, Amazon ECS ends other
/// tasks instead. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection.html
/// </summary>
public interface ITaskProtection
{
    /// <summary>
    /// Protects the task from now until the result is disposed; where this is called several times, until the last one is. It returns at
    /// once, throws nothing, and promises nothing: the protection is there a moment later, and without one a task is told to stop as
    /// ever. Outside of ECS it does nothing.
    /// </summary>
    /// <returns>To dispose when the work is done or handed back, once; again does nothing.</returns>
    IDisposable Protect();
}
