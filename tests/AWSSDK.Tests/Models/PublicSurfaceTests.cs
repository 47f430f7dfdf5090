using System.Reflection;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace AWSSDK.Tests.Models;

/// <summary>The polyfills beside AWS's service models: all of each operation is there, and nothing public that the model lacks.</summary>
public sealed class PublicSurfaceTests
{
    [Theory]
    [MemberData(nameof(TestedService.Ids), MemberType = typeof(TestedService))]
    public void A_client_has_the_operations_that_a_deployment_needs(string id)
    {
        var service = TestedService.Of(id);

        Assert.Equal(service.Operations, service.Interface.GetMethods().Where(IsOperation).Select(method => method.Name[..^"Async".Length]).Distinct().Order(StringComparer.Ordinal));
        Assert.All(service.Interface.GetMethods().Where(IsOperation), method =>
        {
            Assert.Equal(typeof(Task<>).MakeGenericType(service.Shape(method.Name[..^"Async".Length] + "Response")), method.ReturnType);
            Assert.True(method.GetParameters()[^1] is { Name: "cancellationToken", IsOptional: true });
        });
    }

    [Theory]
    [MemberData(nameof(TestedService.Ids), MemberType = typeof(TestedService))]
    public async Task Requests_responses_and_their_shapes_are_those_of_the_model(string id)
    {
        var service = TestedService.Of(id);
        var expected = Expected(service, await ServiceModel.OfAsync(service));

        var shapes = service.Assembly.GetExportedTypes().Where(type => type.Namespace == service.Namespace + ".Model" && !type.IsAssignableTo(typeof(Exception)));

        Assert.Equal(expected.Order(StringComparer.Ordinal), shapes.SelectMany(Listing).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(TestedService.Ids), MemberType = typeof(TestedService))]
    public async Task Constants_are_those_of_the_model(string id)
    {
        var service = TestedService.Of(id);
        var model = await ServiceModel.OfAsync(service);
        var expected =
            from shape in Shapes(service, model)
            where shape.IsEnumeration
            from value in shape.Constants
            select $"{shape.Name}.{OfficialNames.Constant(value)} = {value}";

        var constants =
            from type in service.Assembly.GetExportedTypes()
            where type.BaseType == typeof(ConstantClass)
            from field in type.GetFields(BindingFlags.Public | BindingFlags.Static)
            select $"{type.Name}.{field.Name} = {((ConstantClass)field.GetValue(null)!).Value}";

        Assert.Equal(expected.Order(StringComparer.Ordinal), constants.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(TestedService.Ids), MemberType = typeof(TestedService))]
    public async Task Exceptions_are_those_that_the_operations_declare(string id)
    {
        var service = TestedService.Of(id);
        var model = await ServiceModel.OfAsync(service);
        var expected =
            from operation in service.Operations
            from error in model.OperationOf(operation).Errors
            from line in (string[])
            [
                OfficialNames.Exception(error),
                .. from member in error.Members
                   where OfficialNames.Property(member) != "Message"
                   select $"{OfficialNames.Exception(error)}.{OfficialNames.Property(member)}: {OfficialNames.Type(member)}",
            ]
            select line;

        var exceptions = service.Assembly.GetExportedTypes().Where(type => type.Namespace == service.Namespace + ".Model" && type.IsAssignableTo(typeof(Exception)));

        Assert.Equal(expected.Distinct().Order(StringComparer.Ordinal), exceptions.SelectMany(Listing).Order(StringComparer.Ordinal));
        Assert.All(exceptions, type => Assert.Equal(6, type.GetConstructors().Length));
    }

    [Theory]
    [MemberData(nameof(TestedService.Ids), MemberType = typeof(TestedService))]
    public void Nothing_else_is_public(string id)
    {
        var service = TestedService.Of(id);
        var name = service.Interface.Name[1..];

        var others =
            from type in service.Assembly.GetExportedTypes()
            where type.Namespace != service.Namespace + ".Model" && type.BaseType != typeof(ConstantClass)
            select type.FullName;

        Assert.Equal(
            [$"{service.Namespace}.{name}Client", $"{service.Namespace}.{name}Config", $"{service.Namespace}.{name}Exception", $"{service.Namespace}.{name}Request", $"{service.Namespace}.I{name}"],
            others.Order(StringComparer.Ordinal));
    }

    private static bool IsOperation(MethodInfo method) => method is { IsStatic: false } && method.Name.EndsWith("Async", StringComparison.Ordinal);

    private static List<string> Expected(TestedService service, ServiceModel model)
    {
        var lines = new List<string>();
        foreach (var operation in service.Operations.Select(model.OperationOf))
        {
            Add(operation.Name + "Request", operation.Input);
            Add(operation.Name + "Response", operation.Output);
        }

        var roots = service.Operations.Select(model.OperationOf).SelectMany(operation => new[] { operation.Input?.Name, operation.Output?.Name }).ToHashSet();
        foreach (var shape in Shapes(service, model).Where(shape => shape.Type == "structure" && !roots.Contains(shape.Name)))
        {
            Add(shape.Name, shape);
        }

        return lines;

        void Add(string name, Shape? shape)
        {
            lines.Add(name);
            lines.AddRange((shape?.Members ?? []).Select(member =>
                $"{name}.{OfficialNames.Property(member)}: {OfficialNames.Type(member)}{Notes(
                    member.Shape.IsSensitive,
                    member.IsRequired,
                    member.Shape.Number("min"),
                    member.Shape.Number("max"),
                    member.Deprecated)}"));
        }
    }

    private static IEnumerable<string> Listing(Type type)
    {
        yield return type.Name;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
        {
            var facts = property.GetCustomAttribute<AWSPropertyAttribute>();
            yield return $"{type.Name}.{property.Name}: {Name(property.PropertyType)}{Notes(
                facts?.Sensitive is true,
                facts?.Required is true,
                facts?.IsMinSet is true ? facts.Min : null,
                facts?.IsMaxSet is true ? facts.Max : null,
                property.GetCustomAttribute<ObsoleteAttribute>()?.Message)}";
        }

        foreach (var member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
        {
            if (member is not (PropertyInfo or ConstructorInfo or MethodInfo { IsSpecialName: true }))
            {
                yield return $"{type.Name}.{member.Name}";
            }
        }
    }

    private static string Notes(bool sensitive, bool required, long? min, long? max, string? obsolete) =>
        $"{(sensitive ? " sensitive" : "")}{(required ? " required" : "")}{(min is null ? "" : $" min {min}")}{(max is null ? "" : $" max {max}")}{(obsolete is null ? "" : $" obsolete: {obsolete}")}";

    private static string Name(Type type) => Nullable.GetUnderlyingType(type) is { } underlying
        ? underlying.Name + "?"
        : type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : type.Name;

    /// <summary>What the operations lead to, each shape once; not their errors.</summary>
    private static IReadOnlyCollection<Shape> Shapes(TestedService service, ServiceModel model)
    {
        var found = new Dictionary<string, Shape>();
        foreach (var operation in service.Operations.Select(model.OperationOf))
        {
            Find(operation.Input);
            Find(operation.Output);
        }

        return found.Values;

        void Find(Shape? shape)
        {
            if (shape is null || !found.TryAdd(shape.Name, shape))
            {
                return;
            }

            foreach (var part in shape.Type switch
            {
                "structure" => shape.Members.Select(member => member.Shape),
                "list" => [shape.Item],
                "map" => [shape.Key, shape.Value],
                _ => [],
            })
            {
                Find(part);
            }
        }
    }
}
