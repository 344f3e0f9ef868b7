using LoopBus.Benchmarks.Figures;
using LoopBus.Benchmarks.Loads;
using LoopBus.Benchmarks.Machine;

namespace LoopBus.Benchmarks.Sections;

/// <summary>How the system does while so many runs wait; Restart: from the kill of the coordinator and the approval service until both are ready again.</summary>
internal sealed record WaitingFigures(int Waiting, Usage Idle, IReadOnlyDictionary<string, long> Memory, LoadFigures Load, Percentiles Inbox, Percentiles GatedRun, TimeSpan Restart);
