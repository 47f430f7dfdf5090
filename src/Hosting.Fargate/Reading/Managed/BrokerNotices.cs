using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;
using Hosting.Fargate.Costs;

namespace Hosting.Fargate.Reading;

/// <summary>What a broker's container has here and Amazon MQ has not.</summary>
internal static class BrokerNotices
{
    /// <summary>Where RabbitMQ's own management is.</summary>
    public const int ManagementPort = 15672;

    /// <summary>What is so since the model says nothing else, what it costs, and what says otherwise.</summary>
    public static Notice OfDefault(Broker broker) =>
        new(
            broker.Name,
            $"is a broker of Amazon MQ, since the model says nothing else: RabbitMQ {broker.Version} on {broker.Options.InstanceType}"
                + (BrokerCosts.MonthOf(broker) is { } month ? $", about {CostText.Amount(month)} USD a month" : "")
                + $". AWS recommends that size for tests alone. A first deploy takes {Minutes} longer. PublishAsAmazonMq(broker => …) says more "
                + "of it, and PublishAsContainer() keeps it in a container.",
            IsNews: true
        );

    /// <summary>What a program is told that connects to a port which the broker has here alone.</summary>
    public static Notice OfPort(Broker broker, string port, ValueUse use) =>
        new(
            use.Resource.Name,
            $"says port {port} in {use.Variable ?? "an argument"}, where '{broker.Name}' is here alone: on AWS it is at {broker.Port} over TLS "
                + $"(amqps), its management at {Broker.ConsolePort} (https). Give {broker.Name}.GetEndpoint(\"…\") or its Property("
                + $"EndpointProperty.Port) in its place. Where the program cannot use TLS: {broker.Name}.PublishAsContainer().",
            IsWarning: true
        );

    /// <summary>How long Amazon MQ takes to make a broker.</summary>
    public const string Minutes = "10 to 20 minutes";

    public static IEnumerable<Notice> Of(
        DistributedApplicationModel model,
        ContainerResource resource,
        Broker broker,
        ServerSettings settings
    )
    {
        if (settings.Volumes.FirstOrDefault() is { } volume)
        {
            yield return Notice($"has the volume '{volume}' here alone: Amazon MQ keeps its messages itself.");
        }

        if (resource.HasAnnotationOfType<ContainerFileSystemCallbackAnnotation>())
        {
            yield return Notice(
                "has files in its container (WithContainerFiles) here alone. Of plugins Amazon MQ has management, shovel, federation and "
                    + "consistent hash exchanges.",
                isWarning: true
            );
        }

        if (settings.Arguments.Count > 0)
        {
            yield return Notice($"has arguments (WithArgs) here alone: {string.Join(' ', settings.Arguments)}.", isWarning: true);
        }

        if (settings.Others.Any())
        {
            yield return Notice($"has {string.Join(" and ", settings.Others)} (WithEnvironment) here alone.", isWarning: true);
        }

        if (broker.ModelUser is { } user)
        {
            yield return Notice(
                $"has the user '{((Text)broker.UserName).Content}' on AWS in place of '{user}', which Amazon MQ does not take: in what the model's "
                    + "expressions say too."
            );
        }

        foreach (var notice in UserParameter.Notices(resource.Name, broker.UserName, Broker.IsUserName, "Amazon MQ"))
        {
            yield return notice;
        }

        foreach (var child in model.Resources.OfType<IResourceWithParent>().Where(child => IsMadeHere(child, resource)))
        {
            yield return Notice(
                $"has '{child.Name}' ({child.GetType().Name}), which Aspire makes here alone. On AWS a program of the model makes it, as most "
                    + "clients do when they start.",
                isWarning: true
            );
        }

        Notice Notice(string text, bool isWarning = false) => new(resource.Name, text, isWarning);
    }

    /// <summary>Virtual hosts, queues and exchanges of the model: their parents lead to the broker. The default host is there.</summary>
    private static bool IsMadeHere(IResourceWithParent child, IResource broker)
    {
        IResource parent = child.Parent;
        while (parent is IResourceWithParent { Parent: var next })
        {
            parent = next;
        }

        return ResourceNames.Comparer.Equals(parent, broker)
            && child.GetType().GetProperty("VirtualHostName")?.GetValue(child) as string != "/";
    }
}
