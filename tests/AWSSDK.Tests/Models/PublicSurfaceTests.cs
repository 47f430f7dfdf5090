using System.Reflection;
using Amazon.Runtime;

namespace AWSSDK.Tests.Models;

/// <summary>The polyfills beside AWS's service models: nothing is public that the official clients lack, or have otherwise.</summary>
public sealed class PublicSurfaceTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Theory]
    [MemberData(nameof(TestedService.Ids), MemberType = typeof(TestedService))]
    public void An_operation_takes_its_request_and_gives_its_response(string id)
    {
        var service = TestedService.Of(id);

        Assert.NotEmpty(service.Operations);
        Assert.All(service.Operations, operation =>
        {
            var method = service.Interface.GetMethod(operation + "Async")!;
            Assert.Equal(
                [service.Shape(operation + "Request"), typeof(CancellationToken)],
                method.GetParameters().Select(parameter => parameter.ParameterType)
            );
            Assert.Equal(typeof(Task<>).MakeGenericType(service.Shape(operation + "Response")), method.ReturnType);
            Assert.True(method.GetParameters()[^1] is { Name: "cancellationToken", IsOptional: true });
        });
    }

    [Theory]
    [MemberData(nameof(TestedService.Ids), MemberType = typeof(TestedService))]
    public async Task Requests_responses_and_their_shapes_are_those_of_the_model(string id)
    {
        var service = TestedService.Of(id);
        var official = Official(service, await ServiceModel.OfAsync(service));

        var shapes = service
            .Assembly.GetExportedTypes()
            .Where(type => type.Namespace == service.Namespace + ".Model" && !type.IsAssignableTo(typeof(Exception)));

        Assert.Empty(shapes.SelectMany(Listing).Except(official));
    }

    [Theory]
    [MemberData(nameof(TestedService.Ids), MemberType = typeof(TestedService))]
    public async Task Constants_are_those_of_the_model(string id)
    {
        var service = TestedService.Of(id);
        var model = await ServiceModel.OfAsync(service);
        var official =
            from shape in Shapes(service, model)
            where shape.IsEnumeration
            from value in shape.Constants
            select $"{shape.Name}.{OfficialNames.Constant(value)} = {value}";

        var constants =
            from type in service.Assembly.GetExportedTypes()
            where type.BaseType == typeof(ConstantClass)
            from field in type.GetFields(BindingFlags.Public | BindingFlags.Static)
            select $"{type.Name}.{field.Name} = {((ConstantClass)field.GetValue(null)!).Value}";

        Assert.Empty(constants.Except(official));
    }

    [Theory]
    [MemberData(nameof(TestedService.Ids), MemberType = typeof(TestedService))]
    public async Task Exceptions_are_those_that_the_operations_declare(string id)
    {
        var service = TestedService.Of(id);
        var model = await ServiceModel.OfAsync(service);
        var official = service.Operations.SelectMany(operation => model.OperationOf(operation).Errors).Select(OfficialNames.Exception);

        var exceptions = service
            .Assembly.GetExportedTypes()
            .Where(type => type.Namespace == service.Namespace + ".Model" && type.IsAssignableTo(typeof(Exception)));

        Assert.Empty(exceptions.SelectMany(Listing).Except(official));
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
            [
                $"{service.Namespace}.{name}Client",
                $"{service.Namespace}.{name}Config",
                $"{service.Namespace}.{name}Exception",
                $"{service.Namespace}.{name}Request",
                $"{service.Namespace}.I{name}",
            ],
            others.Order(StringComparer.Ordinal)
        );
    }

    private static List<string> Official(TestedService service, ServiceModel model)
    {
        var lines = new List<string>();
        foreach (var operation in service.Operations.Select(model.OperationOf))
        {
            Add(operation.Name + "Request", operation.Input);
            Add(operation.Name + "Response", operation.Output);
        }

        foreach (var shape in Shapes(service, model).Where(shape => shape.Type == "structure"))
        {
            Add(shape.Name, shape);
        }

        return lines;

        void Add(string name, Shape? shape)
        {
            lines.Add(name);
            lines.AddRange(
                (shape?.AllMembers ?? []).Select(member => $"{name}.{OfficialNames.Property(member)}: {OfficialNames.Type(member)}")
            );
        }
    }

    private static IEnumerable<string> Listing(Type type) =>
        [
            type.Name,
            .. type.GetProperties(Declared).Select(property => $"{type.Name}.{property.Name}: {Name(property.PropertyType)}"),
            .. type.GetMembers(Declared)
                .Where(member => member is not (PropertyInfo or ConstructorInfo or MethodInfo { IsSpecialName: true }))
                .Select(member => $"{type.Name}.{member.Name}"),
        ];

    private static string Name(Type type) =>
        Nullable.GetUnderlyingType(type) is { } underlying ? underlying.Name + "?"
        : type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
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

            foreach (
                var part in shape.Type switch
                {
                    "structure" => shape.AllMembers.Select(member => member.Shape),
                    "list" => [shape.Item],
                    "map" => [shape.Key, shape.Value],
                    _ => [],
                }
            )
            {
                Find(part);
            }
        }
    }
}
