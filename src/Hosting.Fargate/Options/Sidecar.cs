using Aspire.Hosting;

namespace Hosting.Fargate;

/// <summary>A container that runs beside the one of the model, in the same task: they share localhost.</summary>
[AspireExport(ExposeProperties = true, ExposeMethods = true)]
public sealed class Sidecar
{
    internal Sidecar(string name, string image)
    {
        Name = name;
        Image = image;
    }

    internal string Name { get; }

    internal string Image { get; }

    /// <summary>Whether the task stops when this container stops. It does not, unless set, and the container is started again.</summary>
    public bool Essential { get; set; }

    /// <summary>Its share of the task's CPU units; none of its own unless set.</summary>
    public int? Cpu { get; set; }

    /// <summary>Its share of the task's memory in MiB, a hard limit: the container of the model has that much less.</summary>
    public int Memory { get; set; } = 128;

    /// <summary>Its command, in place of the image's.</summary>
    public IList<string> Command { get; } = [];

    /// <summary>Its environment. Text only: a secret belongs in the model.</summary>
    public IDictionary<string, string> Environment { get; } = new Dictionary<string, string>();

    /// <summary>Whether the container of the model starts after this one.</summary>
    public bool StartsFirst { get; set; } = true;

    /// <summary>How ECS asks whether it works; not at all unless set.</summary>
    [AspireExportIgnore(Reason = "A record: checkSidecar.")]
    public ContainerHealthCheck? HealthCheck { get; set; }
}
