using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Aspire.Hosting;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing;

/// <summary>What a model can say, as the assembly exports it, and what of it a class calls.</summary>
internal static class PublicOptions
{
    /// <summary>Exported types that are no options, and why. A new exported type is one until it stands here.</summary>
    private static readonly Dictionary<Type, string> s_others = new()
    {
        [typeof(FargateCommandLine)] = "the command line",
        [typeof(FargateEnvironmentResource)] = "a resource: its options are methods of its builder",
        [typeof(SqsQueueResource)] = "a resource: its options are methods of its builder",
        [typeof(DynamoDBTableResource)] = "a resource: its options are methods of its builder",
        [typeof(S3BucketResource)] = "a resource: its options are methods of its builder",
        [typeof(ReadReplicaResource)] = "a resource: its options are those of AddReadReplica",
        [typeof(AwsResource)] = "a resource: its options are methods of its builder",
        [typeof(AwsResourceOutput)] = "a value that resources have",
        [typeof(AwsEmulatorBuilderExtensions)] = "run mode",
        [typeof(AwsResourceBuilderExtensions)] = "not to be called: the compiler says what to write instead",
    };

    private static readonly Dictionary<short, OpCode> s_opCodes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>The options: what is set, called or added to.</summary>
    public static IEnumerable<MethodInfo> All { get; } =
    [
        .. Types
            .Where(type => !type.IsEnum)
            .SelectMany(type =>
                type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            )
            .Where(IsOption),
    ];

    /// <summary>The enumerations whose values options take.</summary>
    public static IEnumerable<Type> Enumerations => Types.Where(type => type.IsEnum);

    private static IEnumerable<Type> Types =>
        typeof(FargateService)
            .Assembly.GetExportedTypes()
            .Where(type => !s_others.ContainsKey(type) && type.Namespace != typeof(Template).Namespace);

    /// <summary>Every method that the methods of a class call, its lambdas too.</summary>
    public static IReadOnlySet<MethodBase> CalledBy(Type type) =>
        type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic)
            .Prepend(type)
            .SelectMany(nested =>
                nested.GetMembers(
                    BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly
                )
            )
            .OfType<MethodBase>()
            .SelectMany(Calls)
            .ToHashSet();

    public static string NameOf(MethodInfo option) =>
        $"{option.DeclaringType!.Name}.{option.Name.Replace("set_", "", StringComparison.Ordinal).Replace("get_", "", StringComparison.Ordinal)}";

    private static bool IsOption(MethodInfo method)
    {
        if (method.IsDefined(typeof(CompilerGeneratedAttribute)) is var isGenerated && method.IsSpecialName)
        {
            var property = method.DeclaringType!.GetProperties().FirstOrDefault(property => property.GetAccessors().Contains(method));
            return property is not null
                && !IsGivenToConstructor(property)
                && (
                    property.SetMethod is { IsPublic: true } setter
                        ? method == setter
                        : method.IsStatic
                            || property.PropertyType.IsClass && property.PropertyType != typeof(string) && !property.PropertyType.IsArray
                            || property.PropertyType.IsInterface
                );
        }

        return !isGenerated && method.GetBaseDefinition() == method;
    }

    /// <summary>Whether a record has it from its constructor, which who makes one cannot leave out.</summary>
    private static bool IsGivenToConstructor(PropertyInfo property) =>
        property
            .DeclaringType!.GetConstructors()
            .SelectMany(constructor => constructor.GetParameters())
            .Any(parameter => parameter.Name == property.Name);

    private static IEnumerable<MethodBase> Calls(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        Type[] ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : [];
        Type[] ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : [];
        for (var i = 0; i < code.Length; )
        {
            var opCode = code[i] == 0xFE ? s_opCodes[(short)(0xFE00 | code[i + 1])] : s_opCodes[code[i]];
            i += opCode.Size;
            if (
                opCode.OperandType == OperandType.InlineMethod
                && method.Module.ResolveMethod(BitConverter.ToInt32(code, i), ofType, ofMethod) is { } called
            )
            {
                yield return called is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericMethodDefinition() : called;
            }

            i += opCode.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, i)),
                _ => 4,
            };
        }
    }
}
