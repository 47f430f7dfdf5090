namespace Amazon.ECS.Model;

public class TaskDefinition
{
    public List<ContainerDefinition> ContainerDefinitions { get; set; }
    public string Cpu { get; set; }
    public string Memory { get; set; }
    public RuntimePlatform RuntimePlatform { get; set; }
}

public class RuntimePlatform
{
    public CPUArchitecture CpuArchitecture { get; set; }
}
