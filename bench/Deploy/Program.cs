// Wall time of `deploy` beside `cdk deploy` of the equal stack, against the same emulator and in one run: without a change, and with one
// changed image. `cdk deploy` gets its image by parameter, as if something else had built and pushed it; `deploy` builds and pushes.
// It ends within three minutes, with one round of each at least and three at most; with those asked for it takes what it takes.
//   dotnet run -c Release --project bench/Deploy -- [rounds]
using System.Diagnostics;
using Bench.Deploy;
using Bench.Publish;

int? asked = args is [var number, ..] && int.TryParse(number, CultureInfo.InvariantCulture, out var given) ? given : null;
var watch = Stopwatch.StartNew();
try
{
    await using var aws = await Emulator.StartAsync();
    await using var checkout = await Checkout.CreateAsync(aws);
    var first = await checkout.DeployAsync();
    var unchanged = await MedianAsync(TimeSpan.FromSeconds(60), _ => checkout.DeployAsync());
    var changed = await MedianAsync(TimeSpan.FromSeconds(90), async round =>
    {
        await checkout.ChangeApiAsync(round);
        return await checkout.DeployAsync();
    });
    Print("deploy, the first", first.Elapsed, null, first.Pushed);
    Print("deploy, nothing changed", unchanged.Elapsed, null, unchanged.Pushed);
    Print("deploy, the api's code changed", changed.Elapsed, null, changed.Pushed);

    if (!Cdk.IsInstalled)
    {
        Console.WriteLine(Cdk.HowToInstall);
        return 0;
    }

    await aws.ResetAsync();
    var cdk = await Cdk.CreateAsync(aws);
    var cdkFirst = await cdk.DeployAsync(image: 0);
    var cdkUnchanged = await MedianAsync(TimeSpan.FromSeconds(120), _ => cdk.DeployAsync(image: 0));
    var cdkChanged = await MedianAsync(TimeSpan.FromSeconds(150), round => cdk.DeployAsync(image: round));
    Print("cdk deploy, the first, images there", cdkFirst.Elapsed, first.Elapsed);
    Print("cdk deploy, nothing changed", cdkUnchanged.Elapsed, unchanged.Elapsed);
    Print("cdk deploy, the api's image changed, built before", cdkChanged.Elapsed, changed.Elapsed);
    return 0;
}
catch (Exception failure) when (failure is CommandFailedException or InvalidOperationException)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}

// No further round begins when the benchmark has run for so long.
async Task<Deployed> MedianAsync(TimeSpan until, Func<int, Task<Deployed>> run)
{
    List<Deployed> runs = [];
    for (var round = 1; round == 1 || (asked is { } count ? round <= count : round <= 3 && watch.Elapsed < until); round++)
        runs.Add(await run(round));
    return runs.OrderBy(deployed => deployed.Elapsed).ElementAt(runs.Count / 2);
}

static void Print(string name, TimeSpan elapsed, TimeSpan? ours, string? pushed = null) =>
    Console.WriteLine(
        $"{name, -52}{elapsed.TotalSeconds, 8:F1} s{(ours is { } time ? $"   deploy takes {time / elapsed:P0} of it" : "")}{(pushed is { Length: > 0 } ? $"   pushed: {pushed}" : "")}"
    );
