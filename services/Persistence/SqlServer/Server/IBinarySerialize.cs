namespace Microsoft.SqlServer.Server;

/// <summary>Custom storage of a user-defined type.</summary>
public interface IBinarySerialize
{
    void Read(BinaryReader r);

    void Write(BinaryWriter w);
}
