using LoopBus.ModelServer.Scripts;

namespace LoopBus.ModelServer;

/// <summary>What the command line asks for.</summary>
internal sealed record Wanted(string Url, string? ScriptFile, string Key)
{
    public const string Usage = "usage: LoopBus.ModelServer [--urls http://127.0.0.1:0] [--script file.json] [--key key]";

    /// <summary>The arguments as pairs of a name and a value; null where they are not.</summary>
    public static Wanted? Read(string[] arguments)
    {
        var wanted = new Wanted(ModelHostOptions.AnyPort, ScriptFile: null, "sk-model-server");
        if (arguments.Length % 2 != 0)
            return null;
        foreach (var pair in arguments.Chunk(2))
        {
            switch (pair[0])
            {
                case "--urls":
                    wanted = wanted with { Url = pair[1] };
                    break;
                case "--script":
                    wanted = wanted with { ScriptFile = pair[1] };
                    break;
                case "--key":
                    wanted = wanted with { Key = pair[1] };
                    break;
                default:
                    return null;
            }
        }

        return wanted;
    }

    public Script ToScript() => ScriptFile is null ? new Script() : Script.Load(ScriptFile);

    public ModelHostOptions ToOptions() => new() { Url = Url, Key = Key };
}
