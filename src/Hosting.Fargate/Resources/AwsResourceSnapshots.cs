using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate;

/// <summary>An AWS resource as the dashboard shows it.</summary>
internal static class AwsResourceSnapshots
{
    public static CustomResourceSnapshot Initial(AwsResource resource, string type) =>
        new()
        {
            ResourceType = type,
            State = KnownResourceStates.Waiting,
            Properties = [new(CustomResourceKnownProperties.Source, resource.Name)],
        };

    /// <summary>Once the emulator has it.</summary>
    public static CustomResourceSnapshot Created(CustomResourceSnapshot snapshot, AwsResource resource)
    {
        ResourcePropertySnapshot[] outputs =
        [
            .. resource
                .Outputs.Index()
                .Where(output => output.Item.Current is not null)
                .Select(output => new ResourcePropertySnapshot(output.Item.Property, output.Item.Current)
                {
                    DisplayName = output.Item.DisplayName,
                    IsHighlighted = true,
                    SortOrder = output.Index,
                }),
        ];
        return snapshot with
        {
            State = KnownResourceStates.Running,
            StartTimeStamp = DateTime.UtcNow,
            StopTimeStamp = null,
            Properties =
            [
                .. snapshot.Properties.Where(property => !Array.Exists(outputs, output => output.Name == property.Name)),
                .. outputs,
            ],
        };
    }

    /// <summary>
    /// Where the emulator stopped: it waits for that, and so do services that are started meanwhile. A state that is final would have them
    /// fail.
    /// </summary>
    public static CustomResourceSnapshot Stopped(CustomResourceSnapshot snapshot, CustomResourceSnapshot emulator) =>
        snapshot.State?.Text == KnownResourceStates.Running
            ? snapshot with
            {
                State = KnownResourceStates.Waiting,
                StopTimeStamp = emulator.StopTimeStamp,
            }
            : snapshot;
}
