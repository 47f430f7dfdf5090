using Hosting.Fargate.Images;

namespace Hosting.Fargate.Tests.Images;

/// <summary>What the SDK's container build (10.0.401) said where a registry answered as the name of the case has it.</summary>
public sealed class RegistryFaultsTests
{
    private const string Place = "/usr/share/dotnet/sdk/10.0.401/Containers/build/Microsoft.NET.Build.Containers.targets(255,5): error";

    [Theory]
    [InlineData(
        "CONTAINER1013: Failed to push to the output registry: CONTAINER1001: Failed to upload blob using POST https://r/v2/app/blobs/uploads/; received status code 'ServiceUnavailable'."
    )]
    [InlineData(
        "CONTAINER1013: Failed to push to the output registry: CONTAINER1001: Failed to upload blob using PUT http://r/v2/app/blobs/uploads/7ebd?digest=sha256%3Ad30d; received status code 'TooManyRequests'."
    )]
    [InlineData("CONTAINER1005: Registry push failed; received status code 'InternalServerError'.")]
    [InlineData("HTTP status code: BadGateway")]
    [InlineData("CONTAINER1017: Unable to communicate with the registry 'r'.")]
    [InlineData("CONTAINER1006: Too many retries, stopping.")]
    [InlineData("MSB4018: System.Net.Http.HttpIOException: The response ended prematurely. (ResponseEnded)")]
    public void A_fault_of_the_moment_may_pass(string error)
    {
        Assert.True(RegistryFaults.MayPass([error]));
        Assert.False(RegistryFaults.IsRefusal([error]));
    }

    [Theory]
    [InlineData(
        "CONTAINER1016: Unable to access the repository 'app' in the registry 'r'. Please confirm your credentials are correct and that you have access to this repository and registry.",
        true
    )]
    [InlineData("CONTAINER1005: Registry push failed; received status code 'Forbidden'.", true)]
    [InlineData(
        "CONTAINER1013: Failed to push to the output registry: CONTAINER1001: Failed to upload blob using POST https://r/v2/app/blobs/uploads/; received status code 'Unauthorized'.",
        true
    )]
    [InlineData(
        "CONTAINER1013: Failed to push to the output registry: CONTAINER1001: Failed to upload blob using POST https://r/v2/app/blobs/uploads/; received status code 'NotFound'.",
        false
    )]
    [InlineData("CONTAINER1005: Registry push failed; received status code 'BadRequest'.", false)]
    [InlineData("CONTAINER2018: Invalid SDK prerelease version '500' - only 'rc' and 'preview' are supported.", false)]
    public void A_refusal_and_a_mistake_stay(string error, bool isRefusal)
    {
        Assert.False(RegistryFaults.MayPass([error]));
        Assert.Equal(isRefusal, RegistryFaults.IsRefusal([error]));
    }

    [Fact]
    public void What_it_says_is_shown_without_its_own_code() =>
        Assert.Equal(
            [
                "CONTAINER1016: Unable to access the repository 'app'.",
                "CONTAINER1014: Manifest pull failed.",
                "URI: https://r/v2/app/blobs/sha256:e0d9",
                "HTTP status code: ServiceUnavailable",
            ],
            RegistryFaults.TextsOf([
                $"{Place} CONTAINER1016: Unable to access the repository 'app'. [/src/App.csproj]",
                $"{Place} : ContainerHttpException: Containerize: error CONTAINER004: CONTAINER1014: Manifest pull failed. [/src/App.csproj]",
                $"{Place} : URI: https://r/v2/app/blobs/sha256:e0d9 [/src/App.csproj]",
                $"{Place} : HTTP status code: ServiceUnavailable [/src/App.csproj]",
                $"{Place} :    at Microsoft.NET.Build.Containers.Registry.PushAsync(BuiltImage builtImage) in /_/Registry.cs:line 639 [/src/App.csproj]",
                $"{Place} : --- End of stack trace from previous location --- [/src/App.csproj]",
                $"{Place} :  [/src/App.csproj]",
            ])
        );
}
