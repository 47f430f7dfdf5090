using System.Text.Json;
using System.Text.Json.Serialization;

namespace Profiles;

/// <summary>How profiles, states and jobs are written as JSON.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(CamelCaseEnumConverter<ProfileStatus>), typeof(CamelCaseEnumConverter<ColumnType>)]
)]
[JsonSerializable(typeof(Profile))]
[JsonSerializable(typeof(ProfileState))]
[JsonSerializable(typeof(ProfileJob))]
public sealed partial class ProfilesJson : JsonSerializerContext;

/// <summary>Writes an enumeration's members as <c>camelCase</c> strings.</summary>
public sealed class CamelCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
