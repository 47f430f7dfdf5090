using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Amazon.Runtime;

namespace ServiceDefaults.Tests.Telemetry.Export;

/// <summary>The signer of the AWS SDK for Python.</summary>
internal static class Botocore
{
    /// <summary>What the signatures of the exports have to be; skips the test where botocore is not installed.</summary>
    public static async Task<IReadOnlyList<string>> SignaturesAsync(
        IEnumerable<SignedExport> exports,
        Func<string, ImmutableCredentials> credentials
    )
    {
        using var python = Start();
        foreach (var export in exports)
        {
            var signer = credentials(export.AccessKey);
            await python.StandardInput.WriteLineAsync(
                JsonSerializer.Serialize(
                    new
                    {
                        method = "POST",
                        url = $"http://{export.Export.Headers["Host"]}{export.Export.Path}",
                        headers = export.SignedHeaders.ToDictionary(header => header, header => export.Export.Headers[header]),
                        body = Convert.ToBase64String(export.Export.Sent),
                        accessKey = signer.AccessKey,
                        secretKey = signer.SecretKey,
                        token = signer.UseToken ? signer.Token : null,
                        service = export.Service,
                        region = export.Region,
                    }
                )
            );
        }

        python.StandardInput.Close();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var (output, errors) = (
            await python.StandardOutput.ReadToEndAsync(deadline.Token),
            await python.StandardError.ReadToEndAsync(deadline.Token)
        );
        await python.WaitForExitAsync(deadline.Token);
        Assert.SkipWhen(errors.Contains("No module named"), "botocore is not installed; install with: pip install botocore");
        Assert.True(python.ExitCode == 0, errors);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static Process Start()
    {
        try
        {
            return Process.Start(
                new ProcessStartInfo("python3", [Path.Combine(AppContext.BaseDirectory, "Telemetry", "Export", "signatures.py")])
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("python3 is not on the path: install with 'apt-get install python3'.");
            throw;
        }
    }
}
