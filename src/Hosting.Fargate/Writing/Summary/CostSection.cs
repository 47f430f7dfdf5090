using Hosting.Fargate.Costs;
using Hosting.Fargate.Markup;

namespace Hosting.Fargate.Writing;

/// <summary>What it costs a month, and how that was reckoned.</summary>
internal static class CostSection
{
    public static string Write(CostEstimate cost)
    {
        var table = new MarkdownTable("What", ">Quantity", ">USD a month for one", ">USD a month");
        foreach (var line in cost.Lines)
        {
            table.Row(
                Markdown.Text(line.What),
                CostText.Quantity(line.LeastQuantity, line.MostQuantity),
                CostText.Amount(line.UnitPrice),
                CostText.Amount(line.Minimum, line.Maximum)
            );
        }

        table.Row("**Total**", "", "", $"**{CostText.Amount(cost.Minimum, cost.Maximum)}**");
        var notCounted = new MarkdownTable("Not counted", "USD");
        foreach (var uncounted in cost.NotCounted)
        {
            notCounted.Row(Markdown.Text(uncounted.What), Markdown.Text(uncounted.Price));
        }

        return Markdown.Section(
            "Monthly cost",
            $"An estimate from {Prices.Source}. What AWS bills is on https://calculator.aws.\n",
            $"{table}",
            cost.Advice is null ? "" : Markdown.Text(cost.Advice) + "\n",
            Markdown.List(cost.Assumptions.Select(Markdown.Text)),
            notCounted.ToString()
        );
    }
}
