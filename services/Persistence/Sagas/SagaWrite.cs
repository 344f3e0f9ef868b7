using System.Data.Common;

namespace LoopBus.Persistence.Sagas;

/// <summary>One saga's change, to be written at the commit; it must affect one row.</summary>
internal sealed record SagaWrite(Func<DbBatch, DbConnection, DbBatchCommand> AddTo, string Conflict);
