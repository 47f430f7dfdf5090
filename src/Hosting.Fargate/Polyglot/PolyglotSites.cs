using Aspire.Hosting;

namespace Hosting.Fargate;

/// <summary>Static sites, as AppHosts in other languages write them.</summary>
internal static class PolyglotSites
{
    /// <summary>Builds the site with another program than its package manager.</summary>
    /// <param name="site">The site.</param>
    /// <param name="program">The program.</param>
    /// <param name="args">What it is given.</param>
    [AspireExport]
    public static void BuildByProgram(this StaticSite site, string program, string[] args) => site.BuildWith(program, args);
}
