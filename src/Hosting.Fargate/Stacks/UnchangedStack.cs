using Amazon.CloudFormation.Model;
using Aws.CloudFormation;

namespace Hosting.Fargate.Stacks;

/// <summary>
/// Whether a stack is already what it is to become: its template is the very text, and its parameters have the very values. CloudFormation
/// "updates resources based on differences between what you submit and the stack's current template"
/// (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html). It is asked all the
/// same where it looks something up at each update (macros, parameters from Systems Manager), and where it does not show what it has.
/// </summary>
internal static class UnchangedStack
{
    public static async Task<bool> IsAsync(StackReader stacks, LiveStack live, StackTarget target, CancellationToken cancellationToken)
    {
        if (!live.HasSucceeded || target.Imports.Count > 0)
        {
            return false;
        }

        var text = await stacks.TemplateTextAsync(live, cancellationToken);
        if (text != target.Template.Text)
        {
            return false;
        }

        var template = TemplateParser.Parse(text);
        var given = target.Parameters.ToDictionary(parameter => parameter.ParameterKey, StringComparer.Ordinal);
        var declared = template.At("Parameters") as TemplateMap ?? [];
        return template.At("Transform") is null
            && declared.Keys.All(id => IsSame(declared[id]!, live.Parameters.GetValueOrDefault(id), given.GetValueOrDefault(id)));
    }

    private static bool IsSame(TemplateNode declaration, string? before, Parameter? after) =>
        before is not null
        && declaration.At("Type").AsText()?.StartsWith("AWS::SSM::", StringComparison.Ordinal) != true
        && declaration.At("NoEcho").AsBool() != true
        && (after?.UsePreviousValue == true || before == (after is null ? declaration.At("Default").AsText() : after.ParameterValue));
}
