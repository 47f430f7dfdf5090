using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.AWS.CloudFormation;

/// <summary>What the stacks of Aspire.Hosting.AWS implement, which this library knows by its name.</summary>
internal interface ICloudFormationResource;

/// <summary>A stack of CloudFormation as that package has it.</summary>
internal sealed class StackResource(string name) : Resource(name), ICloudFormationResource;
