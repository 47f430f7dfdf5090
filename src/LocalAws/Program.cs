using LocalAws;
using LocalAws.Storage;
using Microsoft.AspNetCore.Connections;

try
{
    await using var app = LocalAwsApplication.Build(args);
    await app.RunAsync();
    return 0;
}
catch (StartupException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
catch (IOException exception) when (exception.InnerException is AddressInUseException)
{
    await Console.Error.WriteLineAsync(
        $"LocalAws cannot start: {exception.Message} Stop what uses it, or give LocalAws another address with ASPNETCORE_URLS."
    );
    return 1;
}
