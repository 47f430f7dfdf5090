using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>Who logs on to a server that exists.</summary>
/// <param name="InModel">The user that the model has: what an AppHost says wherever it names one.</param>
/// <param name="Name">The user of the server.</param>
/// <param name="Replaced">The text that is the model's user where the server has another one.</param>
internal sealed record ExistingUser(Value InModel, Value Name, string? Replaced)
{
    /// <param name="server">What the model says of the server.</param>
    /// <param name="name">The user that one made by publish would have.</param>
    /// <param name="modelUser">The user that the container has, where that is another one.</param>
    public static ExistingUser Of(ExistingServer server, Value name, string? modelUser)
    {
        var inModel = modelUser is null ? name : new Text(modelUser);
        return server.UserName is { } own
            ? new ExistingUser(inModel, new Text(own), (inModel as Text)?.Content)
            : new ExistingUser(inModel, inModel, null);
    }
}
