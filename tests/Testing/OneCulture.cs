using System.Globalization;
using System.Runtime.CompilerServices;

namespace LoopBus.Testing;

/// <summary>Tests, storms and benchmarks write numbers and dates as the services do, whatever the machine speaks.</summary>
internal static class OneCulture
{
#pragma warning disable CA2255 // This library is for programs of ours only, and they have no other place in common.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Set() =>
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
}
