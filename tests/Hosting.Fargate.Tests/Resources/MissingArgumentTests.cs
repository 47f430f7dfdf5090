using System.Reflection;
using System.Runtime.CompilerServices;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Tests.Resources;

/// <summary>
/// What an author writes is often read from a configuration that does not have it: <c>builder.Configuration["Domain"]!</c>.
/// </summary>
public sealed class MissingArgumentTests
{
    private static readonly NullabilityInfoContext s_nullability = new();

    public static TheoryData<string, string> Texts()
    {
        var data = new TheoryData<string, string>();
        foreach (var (method, parameter) in Methods().SelectMany(method => TextsOf(method).Select(text => (method, text))))
        {
            data.Add(method.ToString()!, parameter.Name!);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void One_that_is_missing_is_named(string name, string parameter)
    {
        var method = Methods().Single(method => method.ToString() == name);
        var builder = DistributedApplication.CreateBuilder();
        var arguments = method.GetParameters().Select(each => each.Name == parameter ? null : ValueOf(each, builder)).ToArray();

        var thrown = Assert.Throws<TargetInvocationException>(() => method.Invoke(null, arguments)).InnerException;

        // Where another one is wrong too, the method may say that first.
        Assert.Contains(Assert.IsAssignableFrom<ArgumentException>(thrown).ParamName, method.GetParameters().Select(each => each.Name));
    }

    private static IEnumerable<MethodInfo> Methods() =>
        typeof(FargateEnvironmentResource)
            .Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Where(method => method.IsDefined(typeof(ExtensionAttribute)) && !method.IsDefined(typeof(ObsoleteAttribute)))
            .Select(method =>
                method.IsGenericMethodDefinition && TypeFor(method.GetGenericArguments()[0]) is { } type
                    ? method.MakeGenericMethod(type)
                    : method
            )
            .Where(method => !method.ContainsGenericParameters);

    private static Type? TypeFor(Type argument) =>
        new[] { typeof(ProjectResource), typeof(ContainerResource), typeof(ParameterResource) }.FirstOrDefault(type =>
            argument.GetGenericParameterConstraints().All(constraint => constraint.IsAssignableFrom(type))
        );

    private static IEnumerable<ParameterInfo> TextsOf(MethodInfo method) =>
        method
            .GetParameters()
            .Where(parameter => parameter.ParameterType == typeof(string))
            .Where(parameter => s_nullability.Create(parameter).WriteState == NullabilityState.NotNull);

    private static object? ValueOf(ParameterInfo parameter, IDistributedApplicationBuilder builder)
    {
        var type = parameter.ParameterType;
        return type == typeof(IDistributedApplicationBuilder) ? builder
            : parameter.HasDefaultValue ? parameter.DefaultValue
            : type == typeof(string) ? "sample"
            : type.IsValueType ? Activator.CreateInstance(type)
            : type.IsArray ? Array.CreateInstance(type.GetElementType()!, 0)
            : type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(IResourceBuilder<>)
                ? BuilderOf(type.GetGenericArguments()[0], builder)
            : null;
    }

    private static object BuilderOf(Type resource, IDistributedApplicationBuilder builder)
    {
        if (resource == typeof(DynamoDBTableResource))
        {
            return builder.AddDynamoDBTable("sample", "id");
        }

        var made =
            resource == typeof(ParameterResource)
                ? new ParameterResource("sample", _ => "", secret: true)
                : (IResource)
                    Activator.CreateInstance(
                        resource,
                        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic,
                        null,
                        ["sample"],
                        null
                    )!;
        return typeof(IDistributedApplicationBuilder)
            .GetMethod(nameof(IDistributedApplicationBuilder.CreateResourceBuilder))!
            .MakeGenericMethod(resource)
            .Invoke(builder, [made])!;
    }
}
