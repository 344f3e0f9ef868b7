namespace Microsoft.SqlServer.Server;

/// <summary>A type is no valid user-defined type.</summary>
public sealed class InvalidUdtException : SystemException
{
    public InvalidUdtException()
    {
    }

    public InvalidUdtException(string message)
        : base(message)
    {
    }

    public InvalidUdtException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
