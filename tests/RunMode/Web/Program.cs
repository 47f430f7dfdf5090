var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
app.MapGet("/health", () => "healthy");
app.MapGet("/who", () => Environment.ProcessId.ToString());
app.MapGet("/variable/{name}", (string name) => Environment.GetEnvironmentVariable(name) ?? "");
app.Run();
