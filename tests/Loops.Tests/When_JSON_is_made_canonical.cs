using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using LoopBus.Loops.Json;

namespace LoopBus.Loops.Tests;

public sealed class When_JSON_is_made_canonical
{
    [Theory]
    [InlineData("""{ "b": 1, "a": [ true, null ], "A": "x" }""", """{"A":"x","a":[true,null],"b":1}""")]
    [InlineData("""{ "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7 }""", "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}")]
    [InlineData("""[1.0, 1e2, 100, 4.50, 2e-3, 0.000000000000000000000000001, 1E30, -0, -0.0, 0e5]""", "[1,100,100,4.5,0.002,1e-27,1e+30,0,0,0]")]
    [InlineData("""[123456789012345678901, 1234567890123456789012, 0.000001, 0.0000001, 12.5e-1]""", "[123456789012345678901,1.234567890123456789012e+21,0.000001,1e-7,1.25]")]
    [InlineData("""[9007199254740993, 9007199254740992]""", "[9007199254740993,9007199254740992]")]
    [InlineData("""[1e99999999999999999999]""", "[1e+99999999999999999999]")]
    [InlineData("\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\"", "\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"")]
    public void Should_write_one_text_for_one_value(string json, string canonical)
    {
        CanonicalJson.Of(JsonElement.Parse(json)).ShouldBe(canonical);
    }

    [Fact]
    public void Should_keep_the_value_and_be_its_own_canonical_text()
    {
        Prop.ForAll(AnyJson.Value, value =>
        {
            var text = CanonicalJson.Of(value);
            var back = JsonElement.Parse(text);

            return JsonElement.DeepEquals(value, back) && CanonicalJson.Of(back) == text;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Should_not_see_the_order_of_keys()
    {
        Prop.ForAll(AnyJson.Value, value => CanonicalJson.Of(Reversed(value)) == CanonicalJson.Of(value)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Should_keep_every_double_as_it_is()
    {
        Prop.ForAll<NormalFloat>(number => double.Parse(CanonicalJson.Of(JsonSerializer.SerializeToElement(number.Get))).Equals(number.Get + 0.0)).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("""{ "a": 1, "a": 2 }""", "The key 'a' comes twice in one object.")]
    [InlineData("""[ "\ud800" ]""", "A string holds half of a surrogate pair, which is no Unicode text.")]
    [InlineData("""{ "\udc00": 1 }""", "A string holds half of a surrogate pair, which is no Unicode text.")]
    public void Should_refuse_what_has_no_one_meaning(string json, string message)
    {
        Should.Throw<JsonException>(() => CanonicalJson.Of(JsonElement.Parse(json))).Message.ShouldBe(message);
    }

    [Fact]
    public void Should_refuse_what_nests_without_end()
    {
        var deep = JsonElement.Parse(new string('[', 5000) + new string(']', 5000), new JsonDocumentOptions { MaxDepth = 10_000 });

        Should.Throw<JsonException>(() => CanonicalJson.Of(deep));
    }

    private static JsonElement Reversed(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => JsonElement.Parse("{" + string.Join(',', value.EnumerateObject().Reverse().Select(property => $"{JsonSerializer.Serialize(property.Name)}:{Reversed(property.Value).GetRawText()}")) + "}"),
        JsonValueKind.Array => JsonElement.Parse("[" + string.Join(',', value.EnumerateArray().Select(item => Reversed(item).GetRawText())) + "]"),
        _ => value,
    };
}
