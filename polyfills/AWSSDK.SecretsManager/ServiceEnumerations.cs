using Amazon.Runtime;

namespace Amazon.SecretsManager;

public class FilterNameStringType : ConstantClass
{
    public static readonly FilterNameStringType All = new("all");
    public static readonly FilterNameStringType Description = new("description");
    public static readonly FilterNameStringType Name = new("name");
    public static readonly FilterNameStringType OwningService = new("owning-service");
    public static readonly FilterNameStringType PrimaryRegion = new("primary-region");
    public static readonly FilterNameStringType TagKey = new("tag-key");
    public static readonly FilterNameStringType TagValue = new("tag-value");

    public FilterNameStringType(string value)
        : base(value)
    {
    }

    public static FilterNameStringType FindValue(string value) => FindValue<FilterNameStringType>(value);

    public static implicit operator FilterNameStringType(string value) => FindValue(value);
}

public class SortByType : ConstantClass
{
    public static readonly SortByType CreatedDate = new("created-date");
    public static readonly SortByType LastAccessedDate = new("last-accessed-date");
    public static readonly SortByType LastChangedDate = new("last-changed-date");
    public static readonly SortByType Name = new("name");

    public SortByType(string value)
        : base(value)
    {
    }

    public static SortByType FindValue(string value) => FindValue<SortByType>(value);

    public static implicit operator SortByType(string value) => FindValue(value);
}

public class SortOrderType : ConstantClass
{
    public static readonly SortOrderType Asc = new("asc");
    public static readonly SortOrderType Desc = new("desc");

    public SortOrderType(string value)
        : base(value)
    {
    }

    public static SortOrderType FindValue(string value) => FindValue<SortOrderType>(value);

    public static implicit operator SortOrderType(string value) => FindValue(value);
}

public class StatusType : ConstantClass
{
    public static readonly StatusType Failed = new("Failed");
    public static readonly StatusType InProgress = new("InProgress");
    public static readonly StatusType InSync = new("InSync");

    public StatusType(string value)
        : base(value)
    {
    }

    public static StatusType FindValue(string value) => FindValue<StatusType>(value);

    public static implicit operator StatusType(string value) => FindValue(value);
}
