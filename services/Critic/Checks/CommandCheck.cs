using System.Text;
using LoopBus.Loops.Memory;
using Microsoft.Extensions.Options;

namespace LoopBus.Critic.Checks;

/// <summary>command: a program that the operator allows, with arguments as the loop's file has them, ends with this exit code; the result is its standard input.</summary>
internal sealed class CommandCheck(ScratchProgram programs, IOptions<CriticOptions> options) : ICheck
{
    public string Kind => "command";

    public async Task<Finding> Evaluate(Question question, CancellationToken cancellationToken)
    {
        var (name, wanted, texts) = (question.Text("program"), (int)(question.OptionalNumber("exitCode") ?? 0), question.Texts("contains"));
        if (!options.Value.Commands.TryGetValue(name, out var program))
            throw new CheckException($"The program '{name}' is not allowed; an operator adds it as {CriticOptions.Section}:Commands:{name}, with its full path.");
        var selection = question.SelectOrAll();
        if (selection.Missing.Count > 0)
            return Finding.Of(selection.Missing, "");

        var input = string.Join('\n', selection.Found.Select(match => Shown.Whole(match.Value)));
        var end = await programs.Run(name, program, question.Texts("arguments"), Encoding.UTF8.GetBytes(input), cancellationToken);
        var said = end.Error.Length > 0 ? end.Error : end.Output;

        if (end.ExitCode != wanted)
            return new Finding(false, $"{name} ended with {end.ExitCode}, not {wanted}{(said.Length > 0 ? $": {Shown.Of(Blanks.Normal(said))}" : "")}.");

        return Finding.Of(
            texts.Where(text => !end.Output.Contains(text, StringComparison.Ordinal)).Select(text => $"{name} did not say {Shown.Of(text)}").ToList(),
            $"{name} ended with {end.ExitCode}.");
    }
}
