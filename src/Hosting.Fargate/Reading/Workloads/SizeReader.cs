using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>CPU and memory of a task: by the options, else what its image is known to want, else enough for what rides along.</summary>
internal static class SizeReader
{
    public static TaskSize Read(PublishedResource resource, bool hasCompany, Refusals refusals)
    {
        var options = resource.Options;
        var least = hasCompany ? 512 : 256;
        var size =
            options is { Cpu: null, Memory: null } && resource.Known is { Memory: { } wanted }
                ? new TaskSize(resource.Known.Cpu ?? FargateSizes.DefaultCpu(wanted, least) ?? least, wanted)
                : new TaskSize(options.Cpu ?? (options.Memory is { } given ? FargateSizes.DefaultCpu(given, least) : null) ?? least, 0);
        if (size.Memory == 0)
        {
            size = size with { Memory = options.Memory ?? FargateSizes.DefaultMemory(size.Cpu) };
        }

        if (options.Capacity is FargateCapacity && !FargateSizes.Has(size))
        {
            Refuse($"which Fargate has not. Nearest: {FargateSizes.Nearest(size)}.");
        }
        else if (options.Capacity is not FargateCapacity && (size.Cpu is < 128 or > 196_608 || size.Memory < 64))
        {
            RefuseOther("ECS takes 128 to 196608 CPU units and 64 MiB or more.");
        }

        return size;

        void RefuseOther(string why) =>
            refusals.Add(resource.Name, $"'{resource.Name}' wants Cpu = {size.Cpu} and Memory = {size.Memory} " + $"MiB. {why}");

        void Refuse(string why) =>
            refusals.Add(resource.Name, $"'{resource.Name}' wants Cpu = {size.Cpu} and Memory = {size.Memory} MiB, " + $"{why}");
    }
}
