using System.Text.Json;
using LoopBus.Loops.Templates;

namespace LoopBus.Loops.Tests;

public sealed class When_templates_are_filled
{
    private static readonly TemplateScope Scope = new("review-42", JsonElement.Parse("""{ "path": "a.txt", "deep": { "list": [10, { "x": null }], "content-type": "t", "odd key": 1 }, "text": "{{ input.path }}" }"""))
    {
        Steps = new Dictionary<string, JsonElement>
        {
            ["files"] = JsonElement.Parse("""{ "files": ["a", "b"], "count": 2 }"""),
            ["analyze"] = JsonElement.Parse("""[{ "n": 1 }, { "n": 2 }]"""),
        },
        Item = JsonElement.Parse("""{ "file": "b" }"""),
        Index = 1,
        Output = JsonElement.Parse("""{ "id": "note-1" }"""),
    };

    [Theory]
    [InlineData("{{ input.path }}", "\"a.txt\"")]
    [InlineData("{{input.path}}", "\"a.txt\"")]
    [InlineData("{{ input.deep.list }}", "[10,{\"x\":null}]")]
    [InlineData("{{ input.deep.list[0] }}", "10")]
    [InlineData("{{ input.deep.list[1].x }}", "null")]
    [InlineData("{{ input.deep.content-type }}", "\"t\"")]
    [InlineData("{{ input.deep[\"odd key\"] }}", "1")]
    [InlineData("{{ item }}", "{\"file\":\"b\"}")]
    [InlineData("{{ item.file }}", "\"b\"")]
    [InlineData("{{ index }}", "1")]
    [InlineData("{{ output.id }}", "\"note-1\"")]
    [InlineData("{{ task.id }}", "\"review-42\"")]
    [InlineData("{{ steps.files.output.files }}", "[\"a\",\"b\"]")]
    [InlineData("{{ steps.analyze.outputs }}", "[{\"n\":1},{\"n\":2}]")]
    [InlineData("{{ steps.analyze.outputs[1].n }}", "2")]
    [InlineData("see {{ input.path }}, {{ index }} of {{ steps.files.output.count }}: {{ item }}", "\"see a.txt, 1 of 2: {\\u0022file\\u0022:\\u0022b\\u0022}\"")]
    [InlineData("no template } here {", "\"no template } here {\"")]
    [InlineData("", "\"\"")]
    public void Should_bring_the_value_itself_or_text(string template, string json)
    {
        Template.Render(template, Scope).GetRawText().ShouldBe(json);
    }

    [Fact]
    public void Should_fill_once_and_never_what_a_value_brought()
    {
        Template.Render("{{ input.text }}", Scope).GetString().ShouldBe("{{ input.path }}");
        Template.Render("<{{ input.text }}>", Scope).GetString().ShouldBe("<{{ input.path }}>");
    }

    [Fact]
    public void Should_fill_everything_within_and_leave_keys_and_numbers()
    {
        var arguments = JsonElement.Parse("""{ "{{ k }}": 1.50, "a": [{ "b": "{{ index }}" }, null, true], "c": "{{ input.deep }}" }""");

        Template.Render(arguments, Scope).GetRawText()
            .ShouldBe("""{"{{ k }}":1.50,"a":[{"b":1},null,true],"c":{"list":[10,{"x":null}],"content-type":"t","odd key":1}}""");
    }

    [Theory]
    [InlineData("{{ input.pth }}", "{{ input.pth }} finds nothing: input has no 'pth': it has path, deep, text.")]
    [InlineData("{{ input.deep.list[7] }}", "{{ input.deep.list[7] }} finds nothing: input.deep.list has no [7]: it is a list of 2.")]
    [InlineData("{{ input.path.x }}", "{{ input.path.x }} finds nothing: input.path has no 'x': it is a text.")]
    [InlineData("{{ steps.nope.output }}", "{{ steps.nope.output }} finds nothing: no output of step 'nope': there are outputs of files, analyze.")]
    [InlineData("{{ steps.files.output.nope }}", "{{ steps.files.output.nope }} finds nothing: steps.files.output has no 'nope': it has files, count.")]
    [InlineData("{{ steps.files.outputs }}", "{{ steps.files.outputs }} finds nothing: step 'files' is no for_each step: write steps.files.output.")]
    [InlineData("{{ env.HOME }}", "{{ env.HOME }} cannot be read: it must begin with input, item, index, steps, output, result or task.id.")]
    [InlineData("{{ }}", "{{  }} cannot be read: it must begin with input, item, index, steps, output, result or task.id.")]
    [InlineData("{{ input.a + 1 }}", "{{ input.a + 1 }} cannot be read: 'input.a + 1': '.' or '[' expected at character 8.")]
    [InlineData("{{ input[*] }}", "{{ input[*] }} cannot be read: [*] has no meaning in a template.")]
    [InlineData("{{ input[-1] }}", "{{ input[-1] }} cannot be read: 'input[-1]': an index, * or a quoted key expected in the brackets at character 6.")]
    [InlineData("{{ steps.files }}", "{{ steps.files }} cannot be read: after steps come a step's id and output, or outputs for a for_each step: steps.files.output.")]
    [InlineData("{{ input.a", "'{{ input.a' cannot be read: the {{ at character 1 is not closed.")]
    public void Should_say_what_is_missing_and_what_exists(string template, string message)
    {
        Should.Throw<TemplateException>(() => Template.Render(template, Scope)).Message.ShouldBe(message);
    }

    [Theory]
    [InlineData("{{ item }}", "item exists in the arguments of a for_each step only")]
    [InlineData("{{ index }}", "index exists in the arguments of a for_each step only")]
    [InlineData("{{ output.x }}", "output exists in compensate only")]
    public void Should_say_where_a_word_has_its_place(string template, string why)
    {
        var bare = new TemplateScope("t", JsonElement.Parse("{}"));

        Should.Throw<TemplateException>(() => Template.Render(template, bare)).Message.ShouldContain(why);
    }

    [Fact]
    public void Should_give_a_for_each_step_its_items_in_order()
    {
        Template.RenderList("{{ steps.files.output.files }}", Scope).Select(item => item.GetString()).ShouldBe(["a", "b"]);
    }

    [Theory]
    [InlineData("""{ "items": "a" }""", "for_each: {{ input.items }} brought a text, not a list.")]
    [InlineData("""{ "items": [{ "a": 1, "b": 2 }, 3, { "b": 2.0, "a": 1 }] }""", "for_each: {{ input.items }} has an item twice: {\"a\":1,\"b\":2}.")]
    public void Should_refuse_items_that_no_step_could_work_off(string input, string message)
    {
        var scope = new TemplateScope("t", JsonElement.Parse(input));

        Should.Throw<TemplateException>(() => Template.RenderList("{{ input.items }}", scope)).Message.ShouldBe(message);
    }

    [Fact]
    public void Should_refuse_more_items_than_one_step_may_have()
    {
        var scope = new TemplateScope("t", JsonSerializer.SerializeToElement(new { items = Enumerable.Range(0, 1001) }));

        Should.Throw<TemplateException>(() => Template.RenderList("{{ input.items }}", scope)).Message
            .ShouldBe("for_each: {{ input.items }} brought 1001 items; at most 1000 run in one step.");
    }

    [Fact]
    public void Should_refuse_a_value_that_grew_deeper_than_JSON_may_nest()
    {
        var deep = JsonElement.Parse(new string('[', 60) + new string(']', 60));
        var scope = new TemplateScope("t", deep);
        var arguments = JsonElement.Parse(new string('[', 10) + "\"{{ input }}\"" + new string(']', 10));

        Should.Throw<TemplateException>(() => Template.Render(arguments, scope)).Message.ShouldStartWith("The filled value is no sound JSON:");
    }
}
