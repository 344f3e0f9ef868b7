namespace LoopBus.Hosting.Git;

/// <summary>A resolved range: Head is a commit's full id; Base is a commit's, or the empty tree's where there is nothing before Head.</summary>
public sealed record GitRange(string Base, string Head);
