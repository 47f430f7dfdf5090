using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run.Notifications;

/// <summary>What of a resource's state follows from the model and from the rest of the state.</summary>
internal static class SnapshotDerivation
{
    /// <summary>The property that names what a waiting resource still waits for.</summary>
    public const string WaitingForProperty = "resource.waitingFor";

    /// <summary>The state of a resource nobody has said anything of yet.</summary>
    public static CustomResourceSnapshot Initial(IResource resource) =>
        resource.Annotations.OfType<ResourceSnapshotAnnotation>().LastOrDefault()?.InitialSnapshot
        ?? new CustomResourceSnapshot { ResourceType = KnownResourceTypes.Of(resource), Properties = [] };

    /// <summary>The state with its commands, icon and visibility as they follow from it.</summary>
    public static CustomResourceSnapshot Complete(IResource resource, CustomResourceSnapshot snapshot, IServiceProvider services)
    {
        // What does not change stays the same array: equality of two snapshots tells whether anything is new.
        var commands = Commands(resource, snapshot, services);
        if (!commands.SequenceEqual(snapshot.Commands))
        {
            snapshot = snapshot with { Commands = commands };
        }
        if (snapshot.State?.Text != KnownResourceStates.Waiting && snapshot.Properties.Any(property => property.Name == WaitingForProperty))
        {
            snapshot = snapshot with { Properties = snapshot.Properties.RemoveAll(property => property.Name == WaitingForProperty) };
        }
        if (resource.Annotations.OfType<ResourceIconAnnotation>().LastOrDefault() is { } icon)
        {
            snapshot = snapshot with
            {
                IconName = string.IsNullOrEmpty(snapshot.IconName) ? icon.IconName : snapshot.IconName,
                IconVariant = snapshot.IconVariant ?? icon.IconVariant,
            };
        }
        if (resource.Annotations.OfType<HiddenAnnotation>().LastOrDefault() is { } hidden)
        {
            snapshot = snapshot with { IsHidden = IsHidden(hidden, snapshot) };
        }
        return snapshot;
    }

    private static bool IsHidden(HiddenAnnotation hidden, CustomResourceSnapshot snapshot) => hidden.Behavior switch
    {
        HiddenBehavior.Always => true,
        HiddenBehavior.OnCompletion =>
            (snapshot.State?.Text == KnownResourceStates.Finished || snapshot.State?.Text == KnownResourceStates.Exited)
            && snapshot.ExitCode is { } exitCode
            && hidden.SuccessfulExitCodes.Contains(exitCode),
        _ => snapshot.IsHidden,
    };

    private static ImmutableArray<ResourceCommandSnapshot> Commands(
        IResource resource, CustomResourceSnapshot snapshot, IServiceProvider services)
    {
        var ofModel = resource.Annotations.OfType<ResourceCommandAnnotation>().ToList();
        var context = new UpdateCommandStateContext { ResourceSnapshot = snapshot, Services = services };
        // A snapshot may name commands that the model does not have; those are left as they are.
        return
        [
            .. snapshot.Commands.Where(command => ofModel.TrueForAll(annotation => annotation.Name != command.Name)),
            .. ofModel.Select(annotation => Command(annotation, annotation.UpdateState(context))),
        ];
    }

    private static ResourceCommandSnapshot Command(ResourceCommandAnnotation command, ResourceCommandState state) =>
        new(command.Name, state, command.DisplayName, command.DisplayDescription, Parameter: null, command.ConfirmationMessage,
            command.IconName, command.IconVariant, command.IsHighlighted)
        {
            Visibility = command.Visibility,
        };
}
