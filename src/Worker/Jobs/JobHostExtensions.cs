using Worker.Profiling;

namespace Worker.Jobs;

/// <summary>Registers what takes jobs from the queue.</summary>
internal static class JobHostExtensions
{
    public static TBuilder AddJobConsumer<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddOptions<WorkerOptions>().BindConfiguration(WorkerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<CsvProfiler>();
        builder.Services.AddSingleton(new JobSlots(largeJobs: Environment.ProcessorCount));
        builder.Services.AddSingleton<JobQueue>();
        builder.Services.AddSingleton<JobProcessor>();
        builder.Services.AddSingleton<JobTelemetry>();
        builder.AddTaskProtection();
        builder.Services.AddHostedService<JobConsumer>();
        return builder;
    }
}
