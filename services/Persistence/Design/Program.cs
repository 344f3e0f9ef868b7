using System.Runtime.Loader;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Persistence.Design;

/// <summary>Writes the next migration of a service for both providers: Persistence.Design (service assembly) (project folder) (name).</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args is not [var assembly, var folder, var name])
        {
            Console.Error.WriteLine("Usage: infra/migrations.sh <Service> <Name>, for example: infra/migrations.sh Coordinator Initial");
            return 64;
        }

        var resolver = new AssemblyDependencyResolver(Path.GetFullPath(assembly));
        AssemblyLoadContext.Default.Resolving += (context, wanted) =>
            resolver.ResolveAssemblyToPath(wanted) is { } path ? context.LoadFromAssemblyPath(path) : null;
        var service = AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.GetFullPath(assembly));
        var contexts = service.GetTypes().Where(type =>
            type.IsSubclassOf(typeof(DbContext)) && type.GetConstructor([typeof(DbContextOptions<>).MakeGenericType(type)]) is not null).ToList();
        if (contexts.Count == 0)
        {
            Console.Error.WriteLine($"{assembly} has no DbContext: nothing to migrate.");
            return 1;
        }

        foreach (var provider in Enum.GetValues<DatabaseProvider>())
            foreach (var context in contexts)
                MigrationWriter.Write(context, provider, folder, name);
        return 0;
    }
}
