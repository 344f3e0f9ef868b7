using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Persistence;

/// <summary>Column names that read well in SQL on either database: task_id, without quotes.</summary>
public static class SnakeCaseNames
{
    /// <summary>Names every column of the model that has no name of its own yet; call it last in OnModelCreating.</summary>
    public static void UseSnakeCaseNames(this ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);

        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
            if (property.GetColumnName() == property.Name)
                property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
    }
}
