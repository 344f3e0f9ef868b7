namespace LoopBus.Standards.Tests.Code;

public sealed class When_services_are_written
{
    [Fact]
    public void Should_show_nothing_to_the_outside()
    {
        Sources.Agree(
            from assembly in House.Services
            from type in House.TypesOf(assembly)
            where type.IsPublic
            select type.FullName!,
            "A service is a program, not a library: its types are internal.");
    }

    [Fact]
    public void Should_seal_their_classes()
    {
        Sources.Agree(
            from assembly in House.Services
            from type in House.TypesOf(assembly)
            where type is { IsClass: true, IsAbstract: false, IsSealed: false } && !IsExtended(type)
            select type.FullName!,
            "A class that no one extends says so: sealed.");
    }

    [Fact]
    public void Should_not_go_around_the_outbox()
    {
        Sources.Agree(
            from assembly in House.Services
            from type in House.TypesOf(assembly)
            where type.GetInterfaces().Any(i => i.IsGenericType && i.Name.StartsWith("IConsumer`", StringComparison.Ordinal))
            from parameter in type.GetConstructors().SelectMany(constructor => constructor.GetParameters())
            where parameter.ParameterType.Name is "IBus" or "IBusControl" or "ISendEndpointProvider" or "IPublishEndpointProvider"
            select $"{type.FullName} takes {parameter.ParameterType.Name}",
            "A consumer that speaks through the bus itself speaks even when its transaction fails: use the ConsumeContext.");
    }

    [Fact]
    public void Should_leave_verbs_without_the_Async_suffix()
    {
        Sources.Agree(
            from assembly in House.Services
            from type in House.TypesOf(assembly)
            where type.Name.EndsWith("Consumer", StringComparison.Ordinal)
            from method in type.GetMethods().Where(method => method.DeclaringType == type && !method.IsVirtual)
            where method.Name.EndsWith("Async", StringComparison.Ordinal)
            select $"{type.FullName}.{method.Name}",
            "Consumers and domain verbs are named for what they do.");
    }

    private static bool IsExtended(Type type) => type.Assembly.GetTypes().Any(other => other.BaseType == type
        || (other.BaseType is { IsGenericType: true } generic && generic.GetGenericTypeDefinition() == type));
}
