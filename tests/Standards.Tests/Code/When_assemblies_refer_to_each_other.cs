namespace LoopBus.Standards.Tests.Code;

public sealed class When_assemblies_refer_to_each_other
{
    [Fact]
    public void Should_keep_services_apart()
    {
        var services = House.ServiceNames.Select(name => $"LoopBus.{name}").ToArray();

        Sources.Agree(
            from assembly in House.Services
            from reference in House.ReferencesOf(assembly)
            where services.Contains(reference)
            select $"{assembly.GetName().Name} refers to {reference}",
            "Services know each other by messages only: what two of them need is a contract, or belongs in Hosting, Persistence or Loops.");
    }

    [Fact]
    public void Should_let_contracts_stand_alone()
    {
        Sources.Agree(
            House.ReferencesOf(House.Contracts).Where(name => !name.StartsWith("System.", StringComparison.Ordinal)),
            "Contracts are plain records that any program can take along: no package, no project.");
    }

    [Fact]
    public void Should_keep_the_rules_over_loops_free_of_input_and_output()
    {
        string[] io = ["MassTransit", "RabbitMQ.Client", "Microsoft.EntityFrameworkCore", "Npgsql", "System.Net.Http", "Microsoft.AspNetCore"];

        Sources.Agree(
            House.ReferencesOf(House.Loops).Where(name => io.Any(word => name.StartsWith(word, StringComparison.Ordinal))),
            "Loops holds pure rules (gate, terminator, checks): no bus, no database, no network.");
    }

    [Fact]
    public void Should_not_make_the_shared_libraries_know_a_service()
    {
        Sources.Agree(
            from assembly in new[] { House.Contracts, House.Hosting, House.Loops, House.Persistence }
            from reference in House.ReferencesOf(assembly)
            where House.ServiceNames.Any(name => reference == $"LoopBus.{name}")
            select $"{assembly.GetName().Name} refers to {reference}",
            "What services share may not know who shares it.");
    }
}
