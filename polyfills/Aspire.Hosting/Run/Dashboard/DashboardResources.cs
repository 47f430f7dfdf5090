using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using Aspire.Dashboard.Model;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run.Dashboard;

/// <summary>A resource's state in the dashboard's words.</summary>
internal static partial class DashboardResources
{
    public static DashboardResource Of(ResourceEvent change, ResourceInstance? instance)
    {
        var snapshot = change.Snapshot;
        return new DashboardResource
        {
            Name = change.ResourceId,
            DisplayName = change.Resource.Name,
            Type = snapshot.ResourceType,
            TelemetryInstanceId = instance?.TelemetryInstanceId,
            State = snapshot.State?.Text,
            StateStyle = snapshot.State?.Style is "warning" ? "warn" : snapshot.State?.Style,
            ExitCode = snapshot.ExitCode,
            Health = snapshot.HealthStatus?.ToString(),
            Created = Time(snapshot.CreationTimeStamp),
            Started = Time(snapshot.StartTimeStamp),
            Stopped = Time(snapshot.StopTimeStamp),
            Source = Source(change.Resource, snapshot),
            IsHidden = snapshot.IsHidden,
            Urls =
            [
                .. snapshot.Urls.Where(url => !url.IsInactive).Select(url => new DashboardUrl(
                    url.Url, string.IsNullOrEmpty(url.DisplayProperties.DisplayName) ? null : url.DisplayProperties.DisplayName, url.Name, url.IsInternal)),
            ],
            Environment =
            [
                .. snapshot.EnvironmentVariables.Select(variable => new DashboardProperty(
                    variable.Name, variable.Value,
                    instance?.Configuration?.SensitiveVariables.Contains(variable.Name) != false || NamesASecret().IsMatch(variable.Name))),
            ],
            Properties =
            [
                .. snapshot.Properties.Select(property => new DashboardProperty(
                    property.Name, Text(property.Value), property.IsSensitive || IsSecret(change.Resource, property), property.DisplayName)),
            ],
            HealthReports =
            [
                .. snapshot.HealthReports.Select(report => new DashboardHealthReport(
                    report.Name, report.Status?.ToString(), report.Description, report.ExceptionText)),
            ],
            Commands =
            [
                .. snapshot.Commands
                    .Where(command => command.State != ResourceCommandState.Hidden && command.Visibility.HasFlag(ResourceCommandVisibility.UI))
                    .Select(command => new DashboardCommand(
                        command.Name, command.DisplayName, command.DisplayDescription, command.ConfirmationMessage,
                        command.State == ResourceCommandState.Enabled, command.IsHighlighted, command.IconName)),
            ],
            Relationships = [.. snapshot.Relationships.Select(relationship => new DashboardRelationship(relationship.ResourceName, relationship.Type))],
            Volumes = [.. snapshot.Volumes.Select(volume => new DashboardVolume(volume.Source, volume.Target, volume.MountType, volume.IsReadOnly))],
        };
    }

    // What the model does not know to be a secret, but whoever named it did.
    [GeneratedRegex("SECRET|PASSWORD|PASSWD|TOKEN|CREDENTIAL|PRIVATE_?KEY|API_?KEY|CONNECTIONSTRINGS__|OTLP_HEADERS", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NamesASecret();

    private static bool IsSecret(IResource resource, ResourcePropertySnapshot property) =>
        property.Name == CustomResourceKnownProperties.ConnectionString || resource is ParameterResource { Secret: true };

    private static string? Source(IResource resource, CustomResourceSnapshot snapshot) =>
        resource switch
        {
            ProjectResource project => project.GetProjectMetadata().ProjectPath,
            ExecutableResource executable => executable.Command,
            _ when resource.TryGetContainerImageName(out var image) => image,
            _ => Text(snapshot.Properties.FirstOrDefault(property => property.Name == CustomResourceKnownProperties.Source)?.Value),
        };

    private static DateTimeOffset? Time(DateTime? time) =>
        time is { } value ? new DateTimeOffset(DateTime.SpecifyKind(value, DateTimeKind.Utc)) : null;

    private static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        IEnumerable several => string.Join(" ", several.Cast<object?>()),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
