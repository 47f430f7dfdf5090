using Aspire.Hosting;

namespace Hosting.Fargate;

/// <summary>
/// A web ACL of AWS WAF with groups of rules that AWS keeps:
/// https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html.
/// </summary>
[AspireExport(ExposeProperties = true, ExposeMethods = true)]
public sealed class ManagedWebAcl
{
    internal const string Common = "AWSManagedRulesCommonRuleSet";

    private readonly SortedDictionary<string, SortedSet<string>> _counted = new(StringComparer.Ordinal);
    private readonly List<string> _groups = [Common, "AWSManagedRulesKnownBadInputsRuleSet", "AWSManagedRulesAmazonIpReputationList"];

    /// <summary>
    /// The web ACL of an environment. Of the common rules the one against bodies of more than 8 KB only counts, for it would refuse
    /// uploads.
    /// </summary>
    public ManagedWebAcl() => Count(Common, "SizeRestrictions_BODY");

    /// <summary>
    /// Whether all rules only count what they would refuse: for the first days, to look before it hurts. False unless set.
    /// </summary>
    public bool OnlyCounts { get; set; }

    internal IEnumerable<string> Groups => _groups;

    /// <summary>Adds a group of rules that AWS keeps, such as <c>AWSManagedRulesSQLiRuleSet</c> for what has a database of SQL.</summary>
    /// <param name="name">The group's name.</param>
    /// <exception cref="ArgumentException">It is none of AWS's, or there already.</exception>
    public void AddRuleGroup(string name)
    {
        if (!name.StartsWith("AWSManagedRules", StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{name}' is no group of rules that AWS keeps, such as AWSManagedRulesSQLiRuleSet.", nameof(name));
        }

        if (_groups.Contains(name))
        {
            throw new ArgumentException($"'{name}' is there already.", nameof(name));
        }

        _groups.Add(name);
    }

    /// <summary>Has a rule only count what it would refuse, since it would refuse what the application lives by.</summary>
    /// <param name="ruleGroup">The group that the rule is in, which is one of the web ACL's.</param>
    /// <param name="rule">The rule's name: <c>CrossSiteScripting_BODY</c>.</param>
    /// <exception cref="ArgumentException">The web ACL does not have the group.</exception>
    public void Count(string ruleGroup, string rule)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(rule);
        if (!_groups.Contains(ruleGroup))
        {
            throw new ArgumentException(
                $"The web ACL has no group '{ruleGroup}'. It has {string.Join(", ", _groups)}; {nameof(AddRuleGroup)} adds one.",
                nameof(ruleGroup)
            );
        }

        if (!_counted.TryGetValue(ruleGroup, out var rules))
        {
            _counted[ruleGroup] = rules = new SortedSet<string>(StringComparer.Ordinal);
        }

        rules.Add(rule);
    }

    internal IReadOnlyCollection<string> CountedIn(string ruleGroup) => _counted.GetValueOrDefault(ruleGroup) is { } rules ? rules : [];
}
