using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Persistence.Tests.Shop;

internal sealed class ShopDbContext(DbContextOptions<ShopDbContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    public DbSet<Basket> Baskets => Set<Basket>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema("shop");
        modelBuilder.AddMessaging();
        modelBuilder.Entity<Order>().Property(order => order.Number).ValueGeneratedOnAdd();
        if (!Database.IsNpgsql())
            modelBuilder.Entity<Order>().ToTable(order => order.HasCheckConstraint("no_poison", "CHARINDEX(NCHAR(0), [Text]) = 0"));
        modelBuilder.Entity<Ticket>(ticket =>
        {
            ticket.ToTable("tickets");
            ticket.HasKey(row => row.Key);
            ticket.Property(row => row.Turn).IsConcurrencyToken();
            // Null until somebody sets it: a token that may be null is compared as such.
            ticket.Property(row => row.Until).IsConcurrencyToken();
        });
        modelBuilder.Entity<Basket>(basket =>
        {
            basket.HasKey(row => row.CorrelationId);
            basket.Property(row => row.Size).HasConversion<string>().HasMaxLength(10);
            basket.Property(row => row.Document).HasColumnType(Database.IsNpgsql() ? "jsonb" : null);
            basket.Property(row => row.Price).HasPrecision(10, 2);
            basket.Property(row => row.Items).HasConversion(
                items => JsonSerializer.Serialize(items, JsonSerializerOptions.Default),
                json => JsonSerializer.Deserialize<List<string>>(json, JsonSerializerOptions.Default)!);
        });
    }
}
