using Hosting.Fargate.Application;

namespace Hosting.Fargate.Costs;

/// <summary>Says when private tasks behind one NAT gateway cost less than a public address for each.</summary>
internal static class NatGatewayAdvice
{
    /// <summary>So many tasks cost as much in addresses as one NAT gateway with its address, by the hour.</summary>
    public const int BreakEvenTasks = (int)((Prices.NatGatewayHour + Prices.PublicAddressHour) / Prices.PublicAddressHour);

    public static string? Of(FargateApplication application)
    {
        var (least, most) = TaskRange.WithPublicAddress(application);
        if (most <= BreakEvenTasks)
        {
            return null;
        }

        var gateway = (Prices.NatGatewayHour + Prices.PublicAddressHour) * Prices.HoursOfMonth;
        var tasks = least > BreakEvenTasks ? least : most;
        var addresses = tasks * Prices.PublicAddressHour * Prices.HoursOfMonth;
        var gigabytes = (addresses - gateway) / Prices.NatGatewayGigabyte;
        var how =
            application.Network is OwnNetwork ? "WithPrivateTasks(natGateways: 1)" : "private subnets that exist, with a route to one";
        return $"With more than {CostText.Quantity(BreakEvenTasks)} tasks, one NAT gateway costs less by the hour than a public address for each task. "
            + $"{(tasks == least ? "" : "Scaled out, the ")}{CostText.Quantity(tasks)} addresses {(tasks == least ? "here " : "")}cost {CostText.Amount(addresses)} USD a month; a gateway with its address costs "
            + $"{CostText.Amount(gateway)}, and {CostText.Price(Prices.NatGatewayGigabyte)} for each GB through it. "
            + $"It is the cheaper one while less than {CostText.Quantity(Math.Floor(gigabytes))} GB a month go through: {how}.";
    }
}
