using System.Net.Sockets;
using System.Text;
using LoopBus.Testing.Processes;
using Npgsql;

namespace LoopBus.Benchmarks.Machine;

/// <summary>Reads what the services, the database and the broker have used so far.</summary>
internal sealed class Meter(Installation installation, NpgsqlDataSource database, string probes, TimeProvider time)
{
    public const string Driver = "benchmark";
    public const string Database = "postgresql";
    public const string Broker = "rabbitmq";

    public async Task<Reading> Read()
    {
        var cpu = new Dictionary<string, double>
        {
            [Database] = Proc.Cpu(installation.Servers.DatabaseProcess, family: true),
            [Broker] = Proc.Cpu(installation.Servers.BrokerProcess, family: true),
            [Driver] = Proc.Cpu(Environment.ProcessId),
        };
        var allocated = new Dictionary<string, long>();
        foreach (var service in installation.Services)
        {
            cpu[service.Service] = cpu.GetValueOrDefault(service.Service) + Proc.Cpu(service.Id);
            allocated[service.Service] = allocated.GetValueOrDefault(service.Service) + (await Ask(service.Id)).Allocated;
        }

        return new Reading(time.GetTimestamp(), cpu, allocated, Proc.Machine(), await DatabaseReading.Take(database));
    }

    /// <summary>Resident bytes of each service (all its copies), the database and the broker.</summary>
    public IReadOnlyDictionary<string, long> Memory()
    {
        var memory = installation.Services.GroupBy(service => service.Service).ToDictionary(copies => copies.Key, copies => copies.Sum(copy => Proc.Memory(copy.Id)));
        memory[Database] = Proc.Memory(installation.Servers.DatabaseProcess, family: true);
        memory[Broker] = Proc.Memory(installation.Servers.BrokerProcess);
        return memory;
    }

    /// <summary>How many methods the services have compiled: while they still do, they are not warm.</summary>
    public async Task<long> Compiled()
    {
        var compiled = 0L;
        foreach (var service in installation.Services)
            compiled += (await Ask(service.Id)).Compiled;
        return compiled;
    }

    private async Task<(long Allocated, long Compiled)> Ask(int process)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(StartupHook.SocketOf(probes, process)));
        var buffer = new byte[64];
        var length = await socket.ReceiveAsync(buffer);
        long[] told = [.. Encoding.ASCII.GetString(buffer, 0, length).Split(' ').Select(long.Parse)];
        return (told[0], told[1]);
    }
}
