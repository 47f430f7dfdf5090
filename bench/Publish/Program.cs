// Wall time of `publish` beside an AppHost without anything, and beside `node app.js` and `cdk synth` of the equal CDK stack, in one run:
// processes as wholes, everything built and installed before, in turns after a warm-up, medians. Then publish against the number of
// services. It ends within three minutes, with as many rounds as they have, seven at most; with those asked for it takes what it takes.
// dotnet run -c Release --project bench/Publish -- [rounds] [--reference-only]
using System.Globalization;
using Bench.Publish;

int? asked = args is [var number, ..] && int.TryParse(number, CultureInfo.InvariantCulture, out var given) ? given : null;
var output = Directory.CreateTempSubdirectory("bench-publish-");
try
{
    var cdk = await Cdk.PrepareAsync(output.FullName);
    if (cdk is null)
        Console.WriteLine(Cdk.HowToInstall);

    Command publish = AppHost.Publish("AppHost", output.FullName);
    Command empty = AppHost.Publish("Publish.Empty", output.FullName) with { Name = "an AppHost without anything" };
    var (measured, rounds) = await Rounds.MeasureAsync(
        asked,
        TimeSpan.FromSeconds(60),
        cdk is null ? [publish, empty] : [publish, empty, cdk.App(), cdk.App(validates: false), cdk.Synth()]
    );
    Console.WriteLine($"The reference application, the median of {rounds} rounds:");
    foreach (var (command, median) in measured)
    {
        var ratio = command == publish ? "" : $"   publish takes {measured[0].Median / median:P0} of it";
        Console.WriteLine($"{command.Name, -36}{median.TotalSeconds, 8:F2} s{ratio}");
    }

    if (args.Contains("--reference-only"))
        return;
    Console.WriteLine();
    Console.WriteLine("By the number of services:");
    Console.WriteLine(
        $"{"services", 8}{"rounds", 8}{"publish", 14}{"a service", 14}{"each one more", 16}{(cdk is null ? "" : "   node app.js   CDK_VALIDATION=false")}"
    );
    (int Services, TimeSpan Median)? fewer = null;
    foreach (var services in (int[])[1, 10, 50, 150])
    {
        Command ours = AppHost.Publish("Publish.AppHost", output.FullName, services);
        (var medians, rounds) = await Rounds.MeasureAsync(
            asked,
            TimeSpan.FromSeconds(15),
            cdk is null ? [ours] : [ours, cdk.App(services), cdk.App(services, validates: false)]
        );
        var median = medians[0].Median;
        var more = fewer is { } smaller ? $"{(median - smaller.Median).TotalMilliseconds / (services - smaller.Services):F1} ms" : "";
        var beside = cdk is null ? "" : $"{medians[1].Median.TotalSeconds, 12:F2} s{medians[2].Median.TotalSeconds, 21:F2} s";
        Console.WriteLine(
            $"{services, 8}{rounds, 8}{median.TotalSeconds, 12:F2} s{median.TotalMilliseconds / services, 11:F1} ms{more, 16}{beside}"
        );
        fewer = (services, median);
    }
}
catch (CommandFailedException failure)
{
    Console.Error.WriteLine(failure.Message);
    Environment.ExitCode = 1;
}
finally
{
    output.Delete(recursive: true);
}
