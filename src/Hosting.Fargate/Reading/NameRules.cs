using System.Text.RegularExpressions;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>Names that AWS would refuse, or that would be one name for two things.</summary>
internal static partial class NameRules
{
    public static void Check(
        string stack,
        IEnumerable<PublishedResource> published,
        IEnumerable<DataResource> data,
        IEnumerable<Site> sites,
        ParameterReader parameters,
        Refusals refusals
    )
    {
        if (!StackName().IsMatch(stack))
        {
            refusals.Add(
                null,
                $"'{stack}' is to be the name of the stack, and of what is in it. Use lower-case letters, digits and "
                    + "hyphens, from a letter to a letter or digit, 100 at the most (AddFargateEnvironment, --environment)."
            );
        }

        foreach (var resource in published)
        {
            foreach (var (key, value) in resource.Options.Tags)
            {
                if (!IsTag(key, value))
                {
                    refusals.Add(
                        resource.Name,
                        $"'{resource.Name}' has the tag {key}={value}. AWS takes a key of 1 to 128 and a value of "
                            + "0 to 256 letters, digits, spaces and _.:/=+-@."
                    );
                }
            }
        }

        var names = published
            .Select(resource => resource.Name)
            .Concat(data.Select(one => one.Name))
            .Concat(sites.Select(site => site.Name))
            .Concat(parameters.Parameters.Select(parameter => parameter.Name))
            .Concat(parameters.Secrets.Select(secret => secret.Name))
            .Distinct(StringComparer.Ordinal);
        foreach (var group in names.GroupBy(Names.Id, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            refusals.Add(
                group.First(),
                $"{string.Join(" and ", group.Select(name => $"'{name}'"))} would both be '{group.Key}' in the "
                    + "template, which takes letters and digits alone. Rename one of them."
            );
        }
    }

    /// <summary>The keys of a service are a secret beside those of the model.</summary>
    public static void CheckKeys(IEnumerable<ServiceSpec> services, ParameterReader parameters, Refusals refusals)
    {
        foreach (
            var same in from service in services
            from secret in parameters.Secrets
            where service.Keys is { } keys && keys.Id.Equals(secret.Id, StringComparison.OrdinalIgnoreCase)
            select new { Service = service.Name, Secret = secret.Name }
        )
        {
            refusals.Add(
                same.Secret,
                $"'{same.Secret}' has the name of the secret with the keys of Data Protection that all tasks "
                    + $"of '{same.Service}' share. Rename it, or take those away: service.DataProtectionKeys = false."
            );
        }
    }

    /// <summary>A label of a name in DNS has 63 characters: https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4.</summary>
    public static void CheckZone(string stack, IEnumerable<ServiceSpec> services, Refusals refusals)
    {
        if (stack.Length > 63 && services.FirstOrDefault(service => service.IsInDns) is { } service)
        {
            refusals.Add(
                service.Name,
                $"'{service.Name}' is called by DNS, and would have the name "
                    + $"{service.Name.ToLowerInvariant()}.{StackNames.DnsZoneOf(stack)}. "
                    + $"A part of such a name has 63 characters, and '{stack}' has {stack.Length}: shorten the environment's name."
            );
        }
    }

    /// <summary>
    /// Source: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html#id_tags_naming_best_practices
    /// </summary>
    public static bool IsTag(string key, string value) =>
        key.Length is > 0 and <= 128
        && value.Length <= 256
        && !key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)
        && TagText().IsMatch(key)
        && TagText().IsMatch(value);

    [GeneratedRegex(@"\A[\p{L}\p{Z}\p{N}_.:/=+\-@]*\z")]
    private static partial Regex TagText();

    [GeneratedRegex("^[a-z](?:[a-z0-9-]{0,98}[a-z0-9])?$")]
    private static partial Regex StackName();
}
