using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;

namespace Hosting.Fargate.Tests.Publishing;

#pragma warning disable ASPIREPIPELINES001 // Methods for it are methods too.

/// <summary>Of each method by which an AppHost says something it is known what publishing makes of it: docs/aspire-methods.md.</summary>
public sealed partial class AspireMethodTests
{
    private static readonly HashSet<string> s_listed =
    [
        .. Name().Matches(File.ReadAllText(Repository.PathOf("docs/aspire-methods.md"))).Select(match => match.Groups["name"].Value),
    ];

    [Fact]
    public void Each_is_in_the_list() => Assert.Equal("", string.Join(' ', Methods().Except(s_listed)));

    [Fact]
    public void The_list_has_none_that_is_not_there() => Assert.Equal("", string.Join(' ', s_listed.Except(Methods())));

    /// <summary>Those of the package for C#: others of the same classes are for other languages.</summary>
    private static HashSet<string> Methods() =>
        [
            .. typeof(DistributedApplication)
                .Assembly.GetExportedTypes()
                .Where(type => type is { IsAbstract: true, IsSealed: true })
                .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
                .Where(method => method.IsDefined(typeof(ExtensionAttribute)) && IsOfModel(method.GetParameters()[0].ParameterType))
                .Select(method => method.Name),
        ];

    private static bool IsOfModel(Type type) =>
        type == typeof(IDistributedApplicationBuilder)
        || type == typeof(IDistributedApplicationPipeline)
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IResourceBuilder<>));

    [GeneratedRegex(
        "`(?<name>(?:Add|With|Wait|Publish|Exclude|On|Create|Try|Get|Configure|Clear|Disable|Ensure|Subscribe|As)[A-Za-z0-9]+)`"
    )]
    private static partial Regex Name();
}
