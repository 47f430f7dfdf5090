using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate;

/// <summary>A service refers to an AWS resource. Published, it is a grant to the role of the service's tasks.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Access">What the service may do: flags of the resource's own type.</param>
internal sealed record AwsReferenceAnnotation(AwsResource Resource, Enum Access) : IResourceAnnotation;
