using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace LoopBus.Loops.Tests;

/// <summary>Generates any JSON value.</summary>
internal static class AnyJson
{
    public static Arbitrary<JsonElement> Value { get; } = Gen.Sized(size => Node(Math.Min(size, 20)))
        .Select(node => JsonSerializer.SerializeToElement(node)).ToArbitrary();

    private static Gen<JsonNode?> Node(int size)
    {
        var plain = Gen.OneOf(
            Gen.Constant<JsonNode?>(null),
            ArbMap.Default.GeneratorFor<bool>().Select(value => (JsonNode?)JsonValue.Create(value)),
            ArbMap.Default.GeneratorFor<long>().Select(value => (JsonNode?)JsonValue.Create(value)),
            ArbMap.Default.GeneratorFor<NormalFloat>().Select(value => (JsonNode?)JsonValue.Create(value.Get)),
            Word.Select(value => (JsonNode?)JsonValue.Create(value)));

        return size == 0 ? plain : Gen.OneOf(
            plain,
            Node(size / 3).ListOf(3).Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())])),
            Word.Zip(Node(size / 3)).ListOf(4).Select(pairs => (JsonNode?)new JsonObject(
                pairs.DistinctBy(pair => pair.Item1).Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2?.DeepClone())))));
    }

    private static Gen<string> Word { get; } = ArbMap.Default.GeneratorFor<string>().Select(text => new string([.. (text ?? "").Where(letter => !char.IsSurrogate(letter))]));
}
