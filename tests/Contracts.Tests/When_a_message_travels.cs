using System.Text.Json;

namespace LoopBus.Contracts.Tests;

public sealed class When_a_message_travels
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static TheoryData<string> Contents => [.. Vocabulary.Contents.Select(type => type.FullName!)];

    public static TheoryData<string> Acts => [.. Vocabulary.Acts.Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Contents))]
    public void Should_carry_its_content_there_unchanged(string name) => Survives(typeof(Contracts.Acts.Reason).Assembly.GetType(name)!);

    [Theory]
    [MemberData(nameof(Acts))]
    public void Should_carry_its_act_there_unchanged(string name)
    {
        foreach (var content in Vocabulary.Contents)
            Survives(typeof(Contracts.Acts.Reason).Assembly.GetType(name)!.MakeGenericType(content));
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public void Should_understand_a_message_with_fields_of_a_newer_version(string name)
    {
        var type = typeof(Contracts.Acts.Reason).Assembly.GetType(name)!;
        var sent = JsonSerializer.Serialize(Samples.Of(type), type, Json);

        var got = JsonSerializer.Deserialize(sent.Insert(1, "\"aFieldOfTomorrow\":{\"x\":[1]},"), type, Json);

        JsonSerializer.Serialize(got, type, Json).ShouldBe(sent);
    }

    private static void Survives(Type type)
    {
        var sent = JsonSerializer.Serialize(Samples.Of(type), type, Json);

        var got = JsonSerializer.Deserialize(sent, type, Json);

        JsonSerializer.Serialize(got, type, Json).ShouldBe(sent);
        sent.ShouldNotContain("null,", customMessage: $"{type.Name} has a field that its constructor does not set.");
    }
}
