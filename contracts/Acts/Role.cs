using System.Text.Json.Serialization;

namespace LoopBus.Contracts.Acts;

/// <summary>Who speaks in a conversation: the one who began it, or the one it was begun with.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Role>))]
public enum Role
{
    Initiator,
    Participant,
}
