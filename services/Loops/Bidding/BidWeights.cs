namespace LoopBus.Loops.Bidding;

/// <summary>What counts how much where bids are compared: what a step costs, how busy its executor is, how long it takes, and how likely it fails.</summary>
public sealed record BidWeights(double Cost = 1, double Load = 1, double Time = 1, double Confidence = 1);
