namespace LoopBus.Chaos.Checks;

/// <summary>When all runs have ended, no queue and no outbox holds anything that is due, and each dead letter has a reason that the storm gave.</summary>
internal static class NothingLeft
{
    private static readonly string[] Schemas = ["coordinator", "planner", "executor", "critic", "approval"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<IReadOnlyList<string>> Violations(Stack stack, TimeProvider time)
    {
        IReadOnlyList<string> found = [];
        for (var began = time.GetTimestamp(); time.GetElapsedTime(began) < Patience; await Task.Delay(TimeSpan.FromSeconds(1), time))
        {
            found = [.. await Queues(stack), .. await Outboxes(stack, time.GetUtcNow())];
            if (found.Count == 0)
                break;
        }

        return [.. found, .. await Letters(stack)];
    }

    /// <summary>How many dead letters there were, by their reason.</summary>
    public static async Task<IReadOnlyList<(string Reason, string Status, string Detail, long Count)>> Reasons(Stack stack)
    {
        await using var database = stack.Database();
        await using var command = database.CreateCommand("select reason, status, message_type, queue, exception from approval.dead_letters");
        await using var reader = await command.ExecuteReaderAsync();
        var letters = new List<(string Reason, string Status, string Detail)>();
        while (await reader.ReadAsync())
        {
            var exception = reader.IsDBNull(4) ? "" : reader.GetString(4);
            var type = reader.IsDBNull(2) ? "" : reader.GetString(2);
            letters.Add((reader.GetString(0), reader.GetString(1), $"{type} in {reader.GetString(3)}: {exception[..Math.Min(exception.Length, 200)]}"));
        }

        return [.. letters.CountBy(letter => letter).Select(letter => (letter.Key.Reason, letter.Key.Status, letter.Key.Detail, (long)letter.Value))];
    }

    private static async Task<IEnumerable<string>> Queues(Stack stack)
    {
        var queues = await stack.Servers.Manage("queues/loopbus?columns=name,messages");
        return queues.EnumerateArray()
            .Where(queue => queue.GetProperty("name").GetString() != "dead-letter" && (!queue.TryGetProperty("messages", out var messages) || messages.GetInt64() > 0))
            .Select(queue => $"Queue {queue.GetProperty("name")} is not empty: {queue}.")
            .ToList();
    }

    private static async Task<IEnumerable<string>> Outboxes(Stack stack, DateTimeOffset now)
    {
        await using var database = stack.Database();
        var left = new List<string>();
        foreach (var schema in Schemas)
        {
            await using var command = database.CreateCommand($"select message_type, attempts, last_error, due_at from {schema}.outbox");
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                if (reader.GetFieldValue<DateTimeOffset>(3) < now)
                    left.Add($"The outbox of {schema} holds {reader.GetString(0)}, attempts {reader.GetInt32(1)}: {(reader.IsDBNull(2) ? "" : reader.GetString(2))}.");
        }

        return left.CountBy(row => row).Select(row => $"{row.Key} ({row.Value} times)");
    }

    // A message whose service was killed under it five times is the broker's to put away; a person has redriven it.
    private static async Task<IEnumerable<string>> Letters(Stack stack) =>
        (await Reasons(stack))
            .Where(letter => letter.Reason != "delivery-limit" || letter.Status.Equals("open", StringComparison.OrdinalIgnoreCase))
            .Select(letter => $"{letter.Count} dead letters ({letter.Status}) because of {letter.Reason}: {letter.Detail}.");
}
