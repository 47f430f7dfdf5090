using System.Net;
using Aspire.Dashboard.Components;
using Aspire.Dashboard.Model;
using Aspire.Dashboard.Otlp;
using Aspire.Dashboard.Resources;
using Aspire.Dashboard.Telemetry;
using Aspire.Dashboard.Transfer;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.FileProviders;
using Microsoft.FluentUI.AspNetCore.Components;

namespace Aspire.Dashboard.Frontend;

/// <summary>The pages: Blazor Server behind the browser token.</summary>
internal static class FrontendServer
{
    public static WebApplication Create(DashboardOptions options, IDashboardModel model, ResourceStore resources, TelemetryStore telemetry)
    {
        // An empty builder: the AppHost's own configuration, environment and arguments are not the dashboard's.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(FrontendServer).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenLoopback(options.FrontendUrl, HttpProtocols.Http1);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(model);
        builder.Services.AddSingleton(resources);
        builder.Services.AddSingleton(telemetry);
        builder.Services.AddSingleton<OtlpReceiver>();
        builder.Services.AddSingleton<TelemetryExport>();
        builder.Services.AddSingleton<TelemetryImport>();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddAntiforgery(antiforgery => antiforgery.Cookie.Name = "aspire-dashboard-antiforgery");
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        // Fluent UI takes some texts as markup; here they are texts.
        builder.Services.AddFluentUIComponents(fluent => fluent.MarkupSanitized.DefaultSanitizeHtml = WebUtility.HtmlEncode);
        // Blazor reads in Aspire.Dashboard.modules.json that Fluent UI's script starts before it.
        builder.Environment.WebRootFileProvider = new EmbeddedFileProvider(typeof(FrontendServer).Assembly, string.Empty);

        var token = new BrowserToken(options.BrowserToken);
        var app = builder.Build();
        app.UseRequestGuard();
        app.UseBrowserToken(token);
        app.UseWhen(context => HttpMethods.IsGet(context.Request.Method), pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
        app.UseRouting();
        app.UseAntiforgery();
        app.MapEmbeddedAssets();
        app.MapLogin(token);
        app.MapTransfer();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(server => server.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }
}
