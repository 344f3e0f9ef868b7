namespace LoopBus.Testing.Fuzz;

/// <summary>Runs a decoder over many inputs. What it throws ends the run and names the input; it may neither hang nor keep what it read.</summary>
public static class Barrage
{
    private const int Warm = 500;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>How often each outcome came, as the decoder names them.</summary>
    public static async Task<BarrageReport> Run(int inputs, Func<byte[]> next, Func<byte[], string> decode)
    {
        var outcomes = new Dictionary<string, int>();
        var (slowest, kept) = (TimeSpan.Zero, 0L);
        await Task.Run(() =>
        {
            for (var i = 0; i < inputs; i++)
            {
                if (i == Math.Min(Warm, inputs / 2))
                    kept = GC.GetTotalMemory(forceFullCollection: true);
                var input = next();
                var began = TimeProvider.System.GetTimestamp();
                var outcome = Outcome(input, decode, i);
                var took = TimeProvider.System.GetElapsedTime(began);
                slowest = took > slowest ? took : slowest;
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            }
        }).WaitAsync(Longest);

        return new BarrageReport(inputs, outcomes, slowest, GC.GetTotalMemory(forceFullCollection: true) - kept);
    }

    private static string Outcome(byte[] input, Func<byte[], string> decode, int number)
    {
        try
        {
            return decode(input);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Input {number} is refused with none of the declared answers: {Convert.ToBase64String(input)}", exception);
        }
    }
}
