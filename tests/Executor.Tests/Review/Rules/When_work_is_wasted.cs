using LoopBus.Executor.Tools.Review.Rules.Performance;

namespace LoopBus.Executor.Tests.Review.Rules;

public sealed class When_work_is_wasted
{
    [Fact]
    public void Should_find_a_string_that_grows_in_a_loop() =>
        new StringBuildingRule().ShouldFindMarked(
            """
            class A
            {
                private string all = "";
                string B(string[] lines)
                {
                    var text = "";
                    foreach (var line in lines)
                        text += line; //!
                    for (var i = 0; i < 3; i++)
                    {
                        text = text + i; //!
                        all += text; //!
                    }
                    while (text.Length < 100)
                        text = $"{text}."; //!
                    do { text = string.Concat(text, "-"); } while (text.Length < 200); //!
                    return text;
                }
            }
            """
        );

    [Fact]
    public void Should_leave_strings_that_do_not_grow_and_numbers() =>
        new StringBuildingRule().ShouldFindMarked(
            """
            class A
            {
                string B(string[] lines, List<Item> items)
                {
                    var count = 0;
                    var sum = new Unknown();
                    foreach (var line in lines)
                    {
                        count += line.Length;
                        sum += line;
                        var own = "> ";
                        own += line;
                        lines[0] = line + own;
                    }
                    foreach (var item in items)
                        item.Name += "!";
                    var text = "a";
                    text += "b";
                    Action grow = () => text += "c";
                    foreach (var line in lines)
                    {
                        text += line;
                        break;
                    }
                    return text;
                }
            }
            class Item { public string Name = ""; }
            """
        );

    [Fact]
    public void Should_find_counting_to_learn_of_any() =>
        new CountRule().ShouldFindMarked(
            """
            class A
            {
                bool B(IEnumerable<int> all, Unknown unknown) =>
                    all.Count() > 0 //!
                    || all.Count() != 0 //!
                    || all.Count() == 0 //!
                    || all.Count() >= 1 //!
                    || 0 < all.Count() //!
                    || all.Count(one => one > 3) > 0 //!
                    || all.Where(one => one > 3).LongCount() == 0 //!
                    || unknown.Orders.Count() > 0; //!
            }
            """
        );

    [Fact]
    public void Should_leave_counts_that_count() =>
        new CountRule().ShouldFindMarked(
            """
            class Own { public int Count() => 1; public int Count(string what) => 1; }
            class A
            {
                bool B(List<int> list, IEnumerable<int> all, Own own, Unknown unknown) =>
                    list.Count > 0
                    || all.Count() > 1
                    || all.Count() == list.Count
                    || own.Count() > 0
                    || unknown.Count("words") > 0
                    || Count() > 0;
                int Count() => 0;
            }
            """
        );

    [Fact]
    public void Should_find_what_a_loop_makes_anew() =>
        new HotAllocationRule().ShouldFindMarked(
            """
            class A
            {
                void B(string[] lines, int[][] rows, Stream stream)
                {
                    foreach (var line in lines)
                    {
                        var number = new Regex("[0-9]+"); //!
                        using var client = new HttpClient(); //!
                        var json = JsonSerializer.Serialize(line, new JsonSerializerOptions { WriteIndented = true }); //!
                        Random random = new(); //!
                    }
                    while (stream.CanRead)
                    {
                        var block = new byte[4096]; //!
                        var read = stream.Read(block, 0, block.Length);
                    }
                    for (var i = 0; i < rows.Length; i++)
                        for (var j = 0; j < rows[i].Length; j++)
                        {
                            var buffer = new byte[64]; //!
                            var seen = new List<int>(); //!
                            seen.Add(rows[i][j]);
                            buffer[0] = (byte)seen.Count;
                        }
                }
            }
            """
        );

    [Fact]
    public void Should_leave_what_each_round_needs() =>
        new HotAllocationRule().ShouldFindMarked(
            """
            class A
            {
                private static readonly Regex Number = new("[0-9]+");
                List<int[]> B(string[] lines, int[][] rows)
                {
                    var made = new List<int[]>();
                    var once = new Regex("a");
                    foreach (var line in lines)
                    {
                        var own = new Regex(line);
                        var list = new List<string>();
                        list.Add(line);
                        if (line.Length == 0)
                            throw new InvalidOperationException(new Regex("b").Replace(line, ""));
                    }
                    foreach (var line in lines)
                    {
                        var kept = new int[4];
                        made.Add(kept);
                        var given = new int[4];
                        Keep(given);
                    }
                    foreach (var row in rows)
                        foreach (var value in row)
                        {
                            var kept = new int[2];
                            made.Add(kept);
                            var sized = new int[value];
                            sized[0] = 1;
                            var words = lines.Select(line => new List<int>()).ToList();
                        }
                    return made;
                }
            }
            """
        );
}
