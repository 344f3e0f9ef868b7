using LoopBus.Executor.Tools.Review.Rules.Security;

namespace LoopBus.Executor.Tests.Review.Rules;

public sealed class When_a_process_is_started
{
    private readonly ProcessRule _rule = new();

    [Fact]
    public void Should_find_a_command_line_that_is_put_together() =>
        _rule.ShouldFindMarked(
            """
            class A
            {
                void B(string file)
                {
                    Process.Start("lp", $"-d labels {file}"); //!
                    System.Diagnostics.Process.Start("lp", "-d labels " + file); //!
                    var info = new ProcessStartInfo("lp", string.Format("-d {0}", file)); //!
                    info.Arguments = "-d " + file; //!
                    var other = new ProcessStartInfo
                    {
                        FileName = "lp",
                        Arguments = $"-d {file}", //!
                    };
                    var started = new Process { StartInfo = { FileName = "lp", Arguments = $"-d {file}" } }; //!
                    var line = "-d " + file;
                    Process.Start("lp", line); //!
                    var shell = new ProcessStartInfo("bash") { ArgumentList = { "-c", $"lp {file}" } }; //!
                    info.ArgumentList.Add("-c");
                    info.ArgumentList.Add("lp " + file); //!
                    process.StartInfo.Arguments = $"-d {file}"; //!
                }
            }
            """
        );

    [Fact]
    public void Should_leave_fixed_lines_and_lists() =>
        _rule.ShouldFindMarked(
            """
            class A
            {
                const string Printer = "labels";
                void B(string file, int copies)
                {
                    Process.Start("lp", "-d labels all");
                    Process.Start("lp", ["-d", "labels", file]);
                    Process.Start("lp", $"-d {Printer}");
                    Process.Start("lp", $"-n {copies}");
                    var info = new ProcessStartInfo("lp") { ArgumentList = { "-d", "labels", $"{file}.pdf" } };
                    info.ArgumentList.Add("--file=" + file);
                    command.Arguments = "-d " + file;
                    timer.Start($"a {file}", $"b {file}");
                }
            }
            """
        );
}
