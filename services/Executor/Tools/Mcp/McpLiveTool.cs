using LoopBus.Loops.Tools;

namespace LoopBus.Executor.Tools.Mcp;

/// <summary>A tool as its server has it now: the name that the server knows it by, and its descriptor, corrected by the operator.</summary>
internal sealed record McpLiveTool(string OwnName, ToolDescriptor Descriptor);
