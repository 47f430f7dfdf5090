using System.Reflection;
using System.Runtime.CompilerServices;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Tests.Build;

/// <summary>
/// What AppHosts in TypeScript, Python, Go and Java see of the library, by the rules of Aspire's own analyzer for it (ASPIREEXPORT001 to
/// 016), which no feed here has: https://github.com/microsoft/aspire/blob/main/docs/specs/polyglot-apphost.md.
/// </summary>
public sealed class ExportTests
{
    /// <summary>Names that a parameter cannot have in a language that code is generated for.</summary>
    private static readonly HashSet<string> s_reserved = (
        "arguments eval await yield let static implements interface package private protected public class const debugger delete export "
        + "extends finally function import in instanceof new null super switch this throw try typeof var void while with enum "
        + "and as assert async def del elif except from global is lambda nonlocal not or pass raise None True False "
        + "chan defer fallthrough func go goto map range select struct type abstract boolean byte char double final float int long "
        + "native short strictfp synchronized throws transient volatile"
    )
        .Split(' ')
        .ToHashSet(StringComparer.Ordinal);

    private static readonly Assembly s_library = typeof(FargateService).Assembly;

    private static readonly List<MethodInfo> s_extensions =
    [
        .. s_library
            .GetTypes()
            .Where(type => type is { IsAbstract: true, IsSealed: true })
            .SelectMany(type =>
                type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            )
            .Where(method => method.IsDefined(typeof(ExtensionAttribute))),
    ];

    private static readonly List<Type> s_options =
    [
        .. s_library.GetExportedTypes().Where(type => Export(type) is { ExposeProperties: true }),
    ];

    [Fact]
    public void Each_public_method_is_there_or_says_why_not()
    {
        var silent = s_extensions
            .Where(method => method is { IsPublic: true, DeclaringType.IsPublic: true } && Export(method) is null && !IsIgnored(method))
            .Select(Named);

        Assert.Empty(silent);
    }

    [Fact]
    public void No_two_of_them_have_one_name()
    {
        var exported = s_extensions.Where(method => Export(method) is not null).ToList();
        Assert.InRange(exported.Count, 60, 200);

        Assert.Empty(exported.GroupBy(IdOf, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => same.Key));
        Assert.Empty(
            exported
                .GroupBy(method => new { Name = Export(method)!.MethodName ?? IdOf(method), On = method.GetParameters()[0].ParameterType })
                .Where(same => same.Count() > 1)
                .Select(same => same.Key.Name)
        );
    }

    [Fact]
    public void Each_parameter_has_a_name_and_a_type_that_other_languages_have()
    {
        var parameters = s_extensions
            .Where(method => Export(method) is not null)
            .Concat(
                s_options
                    .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
                    .Where(method => !method.IsSpecialName && !IsIgnored(method))
            )
            .SelectMany(method => method.GetParameters())
            .ToList();
        Assert.InRange(parameters.Count, 150, 600);

        Assert.Empty(
            parameters
                .Where(parameter => !IsKnown(parameter.ParameterType) || s_reserved.Contains(Later(parameter)))
                .Select(parameter => $"{Named((MethodInfo)parameter.Member)}: {parameter.ParameterType} {parameter.Name}")
        );
    }

    [Fact]
    public void Each_property_of_options_has_such_a_type_or_is_left_out_with_a_reason()
    {
        var properties = s_options.SelectMany(type => type.GetProperties().Where(property => !IsIgnored(property))).ToList();
        Assert.InRange(properties.Count, 60, 300);

        Assert.Empty(
            properties
                .Where(property => !IsKnown(property.PropertyType))
                .Select(property => $"{property.DeclaringType!.Name}.{property.Name}")
        );
    }

    /// <summary>They are found by the name of their package.</summary>
    [Fact]
    public void The_assembly_has_the_name_of_its_package() => Assert.Equal("AspireOnFargate.Hosting.Fargate", s_library.GetName().Name);

    /// <summary>The first parameter is what the method is on.</summary>
    private static string Later(ParameterInfo parameter) =>
        parameter.Position == 0 && parameter.Member.IsDefined(typeof(ExtensionAttribute)) ? "" : parameter.Name!;

    private static bool IsKnown(Type type)
    {
        var one = Nullable.GetUnderlyingType(type) ?? (type.IsArray ? type.GetElementType()! : type);
        return one.IsPrimitive
            || one.IsEnum
            || one.IsGenericParameter
            || one == typeof(decimal)
            || one == typeof(string)
            || one == typeof(TimeSpan)
            || one == typeof(EndpointReference)
            || one == typeof(IDistributedApplicationBuilder)
            || one == typeof(IEnumerable<string>)
            || one == typeof(IList<string>)
            || one == typeof(IDictionary<string, string>)
            || Export(one) is not null
            || (one.IsGenericType && one.GetGenericTypeDefinition() is var open && IsOpen(open) && one.GetGenericArguments().All(IsHandle));
    }

    private static bool IsOpen(Type open) => open == typeof(IResourceBuilder<>) || open == typeof(Action<>);

    private static bool IsHandle(Type type) => type.IsGenericParameter || type.Assembly != s_library || Export(type) is not null;

    private static AspireExportAttribute? Export(MemberInfo member) => member.GetCustomAttribute<AspireExportAttribute>();

    private static bool IsIgnored(MemberInfo member) => member.GetCustomAttribute<AspireExportIgnoreAttribute>() is { Reason.Length: > 10 };

    private static string IdOf(MethodInfo method) => Export(method)!.Id ?? char.ToLowerInvariant(method.Name[0]) + method.Name[1..];

    private static string Named(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}
