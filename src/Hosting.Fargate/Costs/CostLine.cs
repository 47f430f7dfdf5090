namespace Hosting.Fargate.Costs;

/// <summary>Something that is billed by the month, whatever passes through it.</summary>
/// <param name="What">What it is, and whose.</param>
/// <param name="UnitPrice">USD a month for one.</param>
/// <param name="LeastQuantity">How many there are where everything is scaled in as far as it goes. A share of tasks need not be
/// whole.</param>
/// <param name="MostQuantity">How many where everything is scaled out.</param>
internal sealed record CostLine(string What, decimal UnitPrice, decimal LeastQuantity, decimal MostQuantity)
{
    public CostLine(string what, decimal unitPrice, decimal quantity)
        : this(what, unitPrice, quantity, quantity) { }

    /// <summary>USD a month at the least, to the cent.</summary>
    public decimal Minimum => ToCents(UnitPrice * LeastQuantity);

    /// <summary>USD a month at the most, to the cent.</summary>
    public decimal Maximum => ToCents(UnitPrice * MostQuantity);

    private static decimal ToCents(decimal amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero);
}
