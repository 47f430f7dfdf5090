namespace Aws.CloudFormation;

/// <summary>
/// CloudFormation's intrinsic functions. Source:
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
/// </summary>
public static class Fn
{
    /// <summary>The region of the stack.</summary>
    public static TemplateNode Region => Ref("AWS::Region");

    /// <summary>The account of the stack.</summary>
    public static TemplateNode AccountId => Ref("AWS::AccountId");

    /// <summary>In place of a value: the property is as if it were not there.</summary>
    public static TemplateNode NoValue => Ref("AWS::NoValue");

    /// <summary>A parameter's value, or what identifies a resource.</summary>
    public static TemplateNode Ref(string logicalId) => new TemplateFunction("Ref", logicalId);

    /// <summary>An attribute of a resource, <c>Id.Attribute</c>.</summary>
    public static TemplateNode GetAtt(string logicalId, string attribute) => new TemplateFunction("Fn::GetAtt", $"{logicalId}.{attribute}");

    /// <summary>Text with <c>${Name}</c> replaced. Text of the model goes through <see cref="Escape"/> first.</summary>
    public static TemplateNode Sub(string text) => new TemplateFunction("Fn::Sub", text);

    /// <summary>Text with <c>${Name}</c> replaced, some of the names by the values given here.</summary>
    public static TemplateNode Sub(string text, TemplateMap values) =>
        values.Count == 0 ? Sub(text) : new TemplateFunction("Fn::Sub", new TemplateList([text, values]));

    /// <summary>What another stack exports.</summary>
    public static TemplateNode ImportValue(string name) => new TemplateFunction("Fn::ImportValue", name);

    /// <summary>One of two values, by a condition of the template.</summary>
    public static TemplateNode If(string condition, TemplateNode whenTrue, TemplateNode whenFalse) =>
        new TemplateFunction("Fn::If", new TemplateList([condition, whenTrue, whenFalse]));

    /// <summary>Whether two values are the same, letter by letter.</summary>
    public static TemplateNode Equals(TemplateNode left, TemplateNode right) =>
        new TemplateFunction("Fn::Equals", new TemplateList([left, right]));

    /// <summary>What is so where a condition is not.</summary>
    public static TemplateNode Not(TemplateNode condition) => new TemplateFunction("Fn::Not", new TemplateList([condition]));

    /// <summary>Text of parts.</summary>
    public static TemplateNode Join(string delimiter, IEnumerable<TemplateNode> parts) =>
        new TemplateFunction("Fn::Join", new TemplateList([delimiter, new TemplateList(parts)]));

    /// <summary>The parts of a list that something has, with a delimiter between them.</summary>
    public static TemplateNode Join(string delimiter, TemplateNode list) =>
        new TemplateFunction("Fn::Join", new TemplateList([delimiter, list]));

    /// <summary>One of a list.</summary>
    public static TemplateNode Select(int index, TemplateNode list) => new TemplateFunction("Fn::Select", new TemplateList([index, list]));

    /// <summary>The parts of a text between delimiters.</summary>
    public static TemplateNode Split(string delimiter, TemplateNode text) =>
        new TemplateFunction("Fn::Split", new TemplateList([delimiter, text]));

    /// <summary>The availability zones of the stack's region.</summary>
    public static TemplateNode GetAZs() => new TemplateFunction("Fn::GetAZs", "");

    /// <summary>Text in which <c>${</c> means nothing to <see cref="Sub(string)"/>.</summary>
    public static string Escape(string text) => text.Replace("${", "${!", StringComparison.Ordinal);

    /// <summary>The ARN of something in the stack's account and region.</summary>
    /// <param name="service">The service's name in ARNs, such as <c>sqs</c>.</param>
    /// <param name="resource">What follows the account; <c>${Name}</c> is replaced.</param>
    public static TemplateNode Arn(string service, string resource) =>
        Sub($"arn:${{AWS::Partition}}:{service}:${{AWS::Region}}:${{AWS::AccountId}}:{resource}");
}
