namespace LoopBus.Approval.Web;

/// <summary>What became of a text, line by line: the longest lines that both have in common stay, the others go or come.</summary>
internal static class LineDiff
{
    // Beyond, what differs is shown whole: the table of two such texts is still small.
    private const int MostCells = 1_000_000;

    private const int Around = 3;

    /// <returns>The lines, those that stay only where something near them changes; null stands for lines left out.</returns>
    public static IReadOnlyList<DiffLine?> Of(string before, string after)
    {
        var (old, now) = (before.Split('\n'), after.Split('\n'));
        var head = old.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        var tail = old[head..].Reverse().Zip(now[head..].Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();

        List<DiffLine> all = [.. old[..head].Select(Stays), .. Middle(old[head..^tail], now[head..^tail]), .. old[^tail..].Select(Stays)];
        return Folded(all);
    }

    private static IEnumerable<DiffLine> Middle(string[] old, string[] now)
    {
        if ((long)old.Length * now.Length > MostCells)
        {
            foreach (var line in old)
                yield return new('-', line);
            foreach (var line in now)
                yield return new('+', line);
            yield break;
        }

        var common = Common(old, now);
        for (var (i, j) = (0, 0); i < old.Length || j < now.Length;)
        {
            if (i < old.Length && j < now.Length && old[i] == now[j])
            {
                yield return Stays(old[i++]);
                j++;
            }
            else if (j == now.Length || (i < old.Length && common[i + 1, j] >= common[i, j + 1]))
                yield return new('-', old[i++]);
            else
                yield return new('+', now[j++]);
        }
    }

    // How many lines the ends of both, from each pair of lines on, have in common.
    private static int[,] Common(string[] old, string[] now)
    {
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        return common;
    }

    private static List<DiffLine?> Folded(List<DiffLine> all)
    {
        var near = new bool[all.Count];
        foreach (var (index, line) in all.Index())
        {
            if (line.Mark != ' ')
                Array.Fill(near, true, Math.Max(0, index - Around), Math.Min(all.Count, index + Around + 1) - Math.Max(0, index - Around));
        }

        List<DiffLine?> shown = [];
        foreach (var (index, line) in all.Index())
        {
            // One line is as short as the sign for it.
            if (near[index] || ((index == 0 || near[index - 1]) && (index == all.Count - 1 || near[index + 1])))
                shown.Add(line);
            else if (shown is not [.., null])
                shown.Add(null);
        }

        return shown;
    }

    private static DiffLine Stays(string line) => new(' ', line);
}
