using Amazon.Runtime;

namespace Amazon.CloudFormation;

public class Capability(string value) : ConstantClass(value)
{
    public static readonly Capability CAPABILITY_IAM = new("CAPABILITY_IAM");
    public static readonly Capability CAPABILITY_NAMED_IAM = new("CAPABILITY_NAMED_IAM");

    public static implicit operator Capability(string value) => FindValue<Capability>(value);
}

public class ChangeAction(string value) : ConstantClass(value)
{
    public static readonly ChangeAction Add = new("Add");
    public static readonly ChangeAction Import = new("Import");
    public static readonly ChangeAction Modify = new("Modify");
    public static readonly ChangeAction Remove = new("Remove");

    public static implicit operator ChangeAction(string value) => FindValue<ChangeAction>(value);
}

public class ChangeSetStatus(string value) : ConstantClass(value)
{
    public static readonly ChangeSetStatus CREATE_COMPLETE = new("CREATE_COMPLETE");
    public static readonly ChangeSetStatus CREATE_IN_PROGRESS = new("CREATE_IN_PROGRESS");
    public static readonly ChangeSetStatus CREATE_PENDING = new("CREATE_PENDING");
    public static readonly ChangeSetStatus FAILED = new("FAILED");

    public static implicit operator ChangeSetStatus(string value) => FindValue<ChangeSetStatus>(value);
}

public class ChangeSetType(string value) : ConstantClass(value)
{
    public static readonly ChangeSetType CREATE = new("CREATE");
    public static readonly ChangeSetType IMPORT = new("IMPORT");
    public static readonly ChangeSetType UPDATE = new("UPDATE");

    public static implicit operator ChangeSetType(string value) => FindValue<ChangeSetType>(value);
}

public class ChangeSource(string value) : ConstantClass(value)
{
    public static readonly ChangeSource Automatic = new("Automatic");
    public static readonly ChangeSource DirectModification = new("DirectModification");
    public static readonly ChangeSource ParameterReference = new("ParameterReference");
    public static readonly ChangeSource ResourceAttribute = new("ResourceAttribute");
    public static readonly ChangeSource ResourceReference = new("ResourceReference");

    public static implicit operator ChangeSource(string value) => FindValue<ChangeSource>(value);
}

public class EvaluationType(string value) : ConstantClass(value)
{
    public static readonly EvaluationType Dynamic = new("Dynamic");
    public static readonly EvaluationType Static = new("Static");

    public static implicit operator EvaluationType(string value) => FindValue<EvaluationType>(value);
}

public class EventType(string value) : ConstantClass(value)
{
    public static readonly EventType HOOK_INVOCATION_ERROR = new("HOOK_INVOCATION_ERROR");
    public static readonly EventType VALIDATION_ERROR = new("VALIDATION_ERROR");

    public static implicit operator EventType(string value) => FindValue<EventType>(value);
}

public class ExecutionStatus(string value) : ConstantClass(value)
{
    public static readonly ExecutionStatus UNAVAILABLE = new("UNAVAILABLE");

    public static implicit operator ExecutionStatus(string value) => FindValue<ExecutionStatus>(value);
}

public class HookFailureMode(string value) : ConstantClass(value)
{
    public static readonly HookFailureMode WARN = new("WARN");

    public static implicit operator HookFailureMode(string value) => FindValue<HookFailureMode>(value);
}

public class PolicyAction(string value) : ConstantClass(value)
{
    public static readonly PolicyAction ReplaceAndRetain = new("ReplaceAndRetain");

    public static implicit operator PolicyAction(string value) => FindValue<PolicyAction>(value);
}

public class Replacement(string value) : ConstantClass(value)
{
    public static readonly Replacement Conditional = new("Conditional");
    public static readonly Replacement False = new("False");
    public static readonly Replacement True = new("True");

    public static implicit operator Replacement(string value) => FindValue<Replacement>(value);
}

public class ResourceAttribute(string value) : ConstantClass(value)
{
    public static readonly ResourceAttribute Properties = new("Properties");

    public static implicit operator ResourceAttribute(string value) => FindValue<ResourceAttribute>(value);
}

public class ResourceStatus(string value) : ConstantClass(value)
{
    public static readonly ResourceStatus CREATE_FAILED = new("CREATE_FAILED");
    public static readonly ResourceStatus DELETE_FAILED = new("DELETE_FAILED");
    public static readonly ResourceStatus UPDATE_FAILED = new("UPDATE_FAILED");

    public static implicit operator ResourceStatus(string value) => FindValue<ResourceStatus>(value);
}

public class StackStatus(string value) : ConstantClass(value)
{
    public static readonly StackStatus CREATE_COMPLETE = new("CREATE_COMPLETE");
    public static readonly StackStatus CREATE_FAILED = new("CREATE_FAILED");
    public static readonly StackStatus DELETE_COMPLETE = new("DELETE_COMPLETE");
    public static readonly StackStatus DELETE_FAILED = new("DELETE_FAILED");
    public static readonly StackStatus IMPORT_COMPLETE = new("IMPORT_COMPLETE");
    public static readonly StackStatus IMPORT_ROLLBACK_COMPLETE = new("IMPORT_ROLLBACK_COMPLETE");
    public static readonly StackStatus REVIEW_IN_PROGRESS = new("REVIEW_IN_PROGRESS");
    public static readonly StackStatus ROLLBACK_COMPLETE = new("ROLLBACK_COMPLETE");
    public static readonly StackStatus ROLLBACK_FAILED = new("ROLLBACK_FAILED");
    public static readonly StackStatus UPDATE_COMPLETE = new("UPDATE_COMPLETE");
    public static readonly StackStatus UPDATE_COMPLETE_CLEANUP_IN_PROGRESS = new("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS");
    public static readonly StackStatus UPDATE_ROLLBACK_COMPLETE = new("UPDATE_ROLLBACK_COMPLETE");
    public static readonly StackStatus UPDATE_ROLLBACK_FAILED = new("UPDATE_ROLLBACK_FAILED");

    public static implicit operator StackStatus(string value) => FindValue<StackStatus>(value);
}

public class TemplateStage(string value) : ConstantClass(value)
{
    public static readonly TemplateStage Original = new("Original");

    public static implicit operator TemplateStage(string value) => FindValue<TemplateStage>(value);
}

public class ValidationStatus(string value) : ConstantClass(value)
{
    public static readonly ValidationStatus SKIPPED = new("SKIPPED");

    public static implicit operator ValidationStatus(string value) => FindValue<ValidationStatus>(value);
}
