namespace Aws.Ecs.Telemetry.Export;

/// <summary>A request that is a part of an export.</summary>
/// <param name="Request">What is sent.</param>
/// <param name="ItemCount">How many items are in it.</param>
internal sealed record ExportPart(HttpRequestMessage Request, int ItemCount);
