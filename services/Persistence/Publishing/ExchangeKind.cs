namespace LoopBus.Persistence.Publishing;

/// <summary>What an exchange is declared as (AMQP 0-9-1, exchange.declare).</summary>
internal sealed record ExchangeKind(string Type, bool Durable, bool AutoDelete);
