using System.ComponentModel.DataAnnotations;
using LoopBus.Coordinator.Budgets;

namespace LoopBus.Coordinator.Tests.Tenants;

public sealed class When_keys_are_set
{
    [Theory]
    [InlineData("own", "acme", "acmes", "")]
    [InlineData("own", "acme", "own", "LoopBus:Coordinator:ApiKeys:0 and LoopBus:Coordinator:Tenants:acme:ApiKeys:0 are one and the same key. Whose it is must be clear: set each once.")]
    [InlineData("own", "acme", " ", "LoopBus:Coordinator:Tenants:acme:ApiKeys:0 is empty. Write a key, or leave it out.")]
    [InlineData("own", "a/b", "abs", "LoopBus:Coordinator:Tenants:a/b:ApiKeys:0: 'a/b' is no tenant, whose name must be 1-64 characters of A-Z a-z 0-9 . _ -.")]
    [InlineData("own", "Default", "any", "LoopBus:Coordinator:Tenants:Default:ApiKeys: default stands for tenants that are not named, and has no keys; name the tenant.")]
    public void Should_say_what_is_wrong_and_no_key(string own, string tenant, string key, string problem)
    {
        var options = new CoordinatorOptions { ApiKeys = [own], Tenants = { [tenant] = new TenantOptions { ApiKeys = [key] } } };

        var problems = options.Validate(new ValidationContext(options)).Select(result => result.ErrorMessage);

        string.Join(' ', problems).ShouldBe(problem);
    }
}
