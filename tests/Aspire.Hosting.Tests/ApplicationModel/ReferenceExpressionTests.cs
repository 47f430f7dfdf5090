using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Tests.ApplicationModel;

public sealed class ReferenceExpressionTests
{
    private static readonly ParameterResource s_key = new("key", _ => "p@ss word", secret: true);
    private static readonly ParameterResource s_stage = new("stage", _ => "Prod");

    [Fact]
    public async Task Text_braces_and_values_come_out_as_written()
    {
        var expression = ReferenceExpression.Create($"a {s_stage} {{literal}} {"{x}"} b");

        Assert.Equal("a {0} {{literal}} {{x}} b", expression.Format);
        Assert.Equal("a Prod {literal} {x} b", await expression.GetValueAsync(default));
        Assert.Equal("a {stage.value} {literal} {x} b", expression.ValueExpression);
    }

    [Fact]
    public async Task A_value_in_uri_format_is_escaped_and_others_are_not()
    {
        var expression = ReferenceExpression.Create($"amqp://{s_key:uri}@host/{s_key}");

        Assert.Equal(["uri", null], expression.StringFormats);
        Assert.Equal("amqp://p%40ss%20word@host/p@ss word", await expression.GetValueAsync(default));
    }

    [Fact]
    public async Task A_format_that_is_not_known_is_refused_when_the_value_is_asked_for()
    {
        var expression = ReferenceExpression.Create($"{s_key:base64}");

        var exception = await Assert.ThrowsAsync<FormatException>(() => expression.GetValueAsync(default).AsTask());
        Assert.Contains("base64", exception.Message);
    }

    [Fact]
    public async Task Nested_expressions_keep_their_own_values()
    {
        var inner = ReferenceExpression.Create($"[{s_stage}]");
        var outer = ReferenceExpression.Create($"{inner} and {s_key}");

        Assert.Same(inner, outer.ValueProviders[0]);
        Assert.Equal("[Prod] and p@ss word", await outer.GetValueAsync(default));
    }

    [Fact]
    public async Task An_empty_expression_has_no_value() => Assert.Null(await ReferenceExpression.Empty.GetValueAsync(default));

    [Fact]
    public async Task A_choice_compares_without_case_and_takes_one_branch()
    {
        var choice = ReferenceExpression.CreateConditional(
            s_stage, "prod", ReferenceExpression.Create($"yes {s_key}"), ReferenceExpression.Create($"no"));

        Assert.True(choice.IsConditional);
        Assert.Equal("yes p@ss word", await choice.GetValueAsync(default));
        Assert.Equal([s_key], choice.ValueProviders);
        Assert.Matches(@"^\{cond-stage-value-[0-9a-f]{8}\.connectionString\}$", choice.ValueExpression);
    }

    [Fact]
    public async Task The_builder_takes_text_values_and_resource_builders()
    {
        var app = Models.ToRun("--Parameters:name=Ada");
        var name = app.AddParameter("name");
        var builder = new ReferenceExpressionBuilder();
        Assert.True(builder.IsEmpty);
        builder.AppendLiteral("Hello ");
        builder.Append($"{name}");
        builder.AppendValueProvider(name, "uri");

        Assert.Equal("Hello AdaAda", await builder.Build().GetValueAsync(default));
        Assert.Throws<ArgumentException>(() => builder.AppendValueProvider(new object()));
    }

    [Fact]
    public async Task A_secret_anywhere_inside_makes_the_whole_sensitive()
    {
        var inner = ReferenceExpression.Create($"Password={s_key}");

        var secret = await ValueResolver.ResolveAsync(ReferenceExpression.Create($"Host=x;{inner}"), new(), default);
        var plain = await ValueResolver.ResolveAsync(ReferenceExpression.Create($"{s_stage}"), new(), default);

        Assert.True(secret.IsSensitive);
        Assert.Equal("Host=x;Password=p@ss word", secret.Value);
        Assert.False(plain.IsSensitive);
    }
}
