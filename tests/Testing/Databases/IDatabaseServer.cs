using System.Data.Common;

namespace LoopBus.Testing.Databases;

/// <summary>A server on which tests make databases of their own.</summary>
internal interface IDatabaseServer
{
    /// <summary>What LoopBus:Database:Provider calls it.</summary>
    string Provider { get; }

    /// <summary>The connection string for a database of this name; for null, for the one that others are made from.</summary>
    string ConnectionTo(string? database);

    DbDataSource Connect(string connectionString);

    /// <summary>Where a connection string leads.</summary>
    (string Host, int Port) AddressOf(string connectionString);

    /// <summary>The same by way of a port of this machine.</summary>
    string Through(string connectionString, int port);

    /// <summary>What makes a database ready for LoopBus, as an administrator does.</summary>
    IEnumerable<string> Create(string database);

    /// <summary>What drops it, whoever is still connected.</summary>
    IEnumerable<string> Drop(string database);
}
