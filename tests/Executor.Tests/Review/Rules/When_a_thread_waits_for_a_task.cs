using LoopBus.Executor.Tools.Review.Rules.Performance;

namespace LoopBus.Executor.Tests.Review.Rules;

public sealed class When_a_thread_waits_for_a_task
{
    private readonly BlockingWaitRule _rule = new();

    [Fact]
    public void Should_find_it() =>
        _rule.ShouldFindMarked(
            """
            class A(HttpClient client, Repository unknown)
            {
                string B(string url) => client.GetStringAsync(url).Result; //!
                void C(string url) => client.GetAsync(url).Wait(); //!
                void D(string url) => client.GetAsync(url).Wait(TimeSpan.FromSeconds(1)); //!
                string E(string url) => client.GetStringAsync(url).GetAwaiter().GetResult(); //!
                string F(string url) => client.GetStringAsync(url).ConfigureAwait(false).GetAwaiter().GetResult(); //!
                int G() => Own().Result; //!
                int H() { var running = Own(); return running.Result; } //!
                object I() => unknown.LoadAsync(1).Result; //!
                object J() { var loading = unknown.LoadAsync(1); return loading.Result; } //!
                void K(Task[] all) => Task.WaitAll(all); //!
                int L(ValueTask<int> value) => value.Result; //!
                object N() => unknown.Mediator.Send(new object()).Result; //!
                object M()
                {
                    return unknown
                        .LoadAsync(1)
                        .Result; //!
                }
                async Task<int> Own() { await Task.Yield(); return 1; }
            }
            """
        );

    [Fact]
    public void Should_leave_other_results_and_tasks_that_have_ended() =>
        _rule.ShouldFindMarked(
            """
            class Answer { public string Result = ""; public void Wait() { } }
            class A(HttpClient client, Repository unknown)
            {
                string B(Answer answer) => answer.Result;
                void C(Answer answer) => answer.Wait();
                object D() => unknown.Load(1).Result;
                object E(Unknown answer) => answer.Result;
                async Task<int> F(Task<int> one, Task<int> two) { await Task.WhenAll(one, two); return one.Result + two.Result; }
                async Task<int> G(Task<int>[] all) { await Task.WhenAll(all); return all.Sum(task => task.Result) + all[0].Result; }
                int H(Task<int> task) => task.IsCompletedSuccessfully ? task.Result : 0;
                Task<int> I(Task<int> task) => task.ContinueWith(done => done.Result + 1);
                async Task J(SemaphoreSlim gate, Task task) { await gate.WaitAsync(); await task; task.GetAwaiter().GetResult(); }
                string K() => nameof(Task<int>.Result);
                void L(SemaphoreSlim gate) => gate.Wait();
                void M(ManualResetEventSlim signal) => signal.Wait();
            }
            """
        );

    [Fact]
    public void Should_leave_tests() => _rule.ShouldFindMarked("class A { int B(Task<int> t) => t.Result; }", "tests/Shop.Tests/ATests.cs");
}
