namespace Api.Outbox;

internal static class OutboxExtensions
{
    /// <summary>Adds what sees to it that each accepted profile has its job.</summary>
    public static void AddOutbox(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SenderRecords>();
        builder.Services.AddSingleton<JobOutbox>();
        builder.Services.AddHostedService<OutboxSweep>();
    }
}
