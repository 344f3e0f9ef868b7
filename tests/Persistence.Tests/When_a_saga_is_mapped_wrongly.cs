using LoopBus.Persistence.Database;
using LoopBus.Persistence.Sagas;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace LoopBus.Persistence.Tests;

public sealed class When_a_saga_is_mapped_wrongly
{
    [Fact]
    public void Should_say_that_it_needs_a_version() =>
        Refusal<Unversioned>(model => model.Entity<Unversioned>().HasKey(saga => saga.CorrelationId)).ShouldContain("needs a mapped property 'int Version'");

    [Fact]
    public void Should_say_that_it_has_parts_of_its_own() =>
        Refusal<Nested>(model => model.Entity<Nested>(saga =>
        {
            saga.HasKey(row => row.CorrelationId);
            saga.OwnsOne(row => row.Part);
        })).ShouldContain("value converter");

    [Fact]
    public void Should_say_that_it_is_not_mapped_at_all() => Refusal<Nested>(_ => { }).ShouldContain("has no table for Nested");

    private static string Refusal<TSaga>(Action<ModelBuilder> map)
        where TSaga : class, ISaga
    {
        var dialect = new PostgreSqlDialect("Server=none");
        var options = new DbContextOptionsBuilder<Mapped>();
        dialect.Configure(options, "none");
        using var context = new Mapped(options.EnableServiceProviderCaching(false).Options, map);
        var names = new Names(context.Model, context.GetService<ISqlGenerationHelper>(), typeof(Mapped));
        return Should.Throw<InvalidOperationException>(() => new SagaTable<TSaga>(dialect, names, TimeProvider.System)).Message;
    }

    private sealed class Mapped(DbContextOptions<Mapped> options, Action<ModelBuilder> map) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => map(modelBuilder);
    }

    private sealed class Unversioned : ISaga
    {
        public Guid CorrelationId { get; set; }
    }

    private sealed class Nested : ISaga
    {
        public Guid CorrelationId { get; set; }
        public int Version { get; set; }
        public Part Part { get; set; } = new();
    }

    private sealed class Part
    {
        public string Name { get; set; } = "";
    }
}
