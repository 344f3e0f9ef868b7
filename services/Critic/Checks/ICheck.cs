namespace LoopBus.Critic.Checks;

/// <summary>The seam to the ground: one kind of check, which looks at facts and never at an opinion.</summary>
internal interface ICheck
{
    string Kind { get; }

    /// <exception cref="CheckException">The check's parameters are wrong: it does not hold.</exception>
    /// <exception cref="CritiqueException">The check could not be done now: nothing is known.</exception>
    Task<Finding> Evaluate(Question question, CancellationToken cancellationToken);
}
