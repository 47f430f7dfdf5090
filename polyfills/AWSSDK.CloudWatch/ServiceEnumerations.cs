using Amazon.Runtime;

namespace Amazon.CloudWatch;

public class StateValue(string value) : ConstantClass(value)
{
    public static implicit operator StateValue(string value) => FindValue<StateValue>(value);
}
