namespace LoopBus.Approval.Tests.Stage;

internal static class Forms
{
    public static Task<HttpResponseMessage> Decide(this Browsing person, Guid id, string decision, string actionHash, string comment, string output = "") =>
        person.Submit(
            $"/approvals/{id}", $"/approvals/{id}", ("decision", decision), ("actionHash", actionHash), ("comment", comment), ("output", output));
}
