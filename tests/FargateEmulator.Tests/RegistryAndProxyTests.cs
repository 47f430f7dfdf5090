using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.ECR.Model;
using Testing.Fargate;

namespace FargateEmulator.Tests;

/// <summary>ECR in front of a real registry; faults between a client and the emulator.</summary>
[Collection(nameof(Account))]
public sealed class RegistryAndProxyTests(Account account) : IAsyncLifetime
{
    private const string Repository =
        """{"Resources":{"Images":{"Type":"AWS::ECR::Repository","Properties":{"RepositoryName":"shop/api","ImageTagMutability":"IMMUTABLE"}}},"Outputs":{"Uri":{"Value":{"Fn::GetAtt":["Images","RepositoryUri"]}}}}""";

    public async ValueTask InitializeAsync() => await account.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_image_in_the_registry_is_one_in_ECR_and_its_tags_do_not_move()
    {
        var stack = await account.DeployAsync("images", Repository, ChangeSetType.CREATE);
        Assert.Equal($"{account.Aws.Registry!.Address}/shop/api", Assert.Single(stack.Outputs).OutputValue);
        var token = Assert.Single((await account.Ecr.GetAuthorizationTokenAsync(new())).AuthorizationData);
        Assert.Equal($"http://{account.Aws.Registry.Address}", token.ProxyEndpoint);

        var digest = await PushAsync("shop/api", "content-1", "one");

        var image = Assert.Single(
            (
                await account.Ecr.DescribeImagesAsync(
                    new DescribeImagesRequest { RepositoryName = "shop/api", ImageIds = [new() { ImageTag = "content-1" }] }
                )
            ).ImageDetails
        );
        Assert.Equal(digest, image.ImageDigest);
        var manifest = Assert
            .Single(
                (
                    await account.Ecr.BatchGetImageAsync(new() { RepositoryName = "shop/api", ImageIds = [new() { ImageDigest = digest }] })
                ).Images
            )
            .ImageManifest;
        await account.Ecr.PutImageAsync(
            new PutImageRequest
            {
                RepositoryName = "shop/api",
                ImageManifest = manifest,
                ImageTag = "commit-1",
            }
        );
        Assert.Equal(
            ["commit-1", "content-1"],
            (await account.Ecr.ListImagesAsync(new() { RepositoryName = "shop/api" }))
                .ImageIds.Select(id => id.ImageTag)
                .Order(StringComparer.Ordinal)
        );

        var other = await PushAsync("shop/api", "content-2", "two");
        var otherManifest = Assert
            .Single(
                (
                    await account.Ecr.BatchGetImageAsync(new() { RepositoryName = "shop/api", ImageIds = [new() { ImageDigest = other }] })
                ).Images
            )
            .ImageManifest;
        await Assert.ThrowsAsync<ImageTagAlreadyExistsException>(() =>
            account.Ecr.PutImageAsync(
                new PutImageRequest
                {
                    RepositoryName = "shop/api",
                    ImageManifest = otherManifest,
                    ImageTag = "commit-1",
                }
            )
        );
        await Assert.ThrowsAsync<ImageNotFoundException>(() =>
            account.Ecr.DescribeImagesAsync(
                new DescribeImagesRequest { RepositoryName = "shop/api", ImageIds = [new() { ImageTag = "content-9" }] }
            )
        );

        await account.Ecr.BatchDeleteImageAsync(new() { RepositoryName = "shop/api", ImageIds = [new() { ImageTag = "commit-1" }] });
        Assert.Equal(
            ["content-1", "content-2"],
            (await account.Ecr.ListImagesAsync(new() { RepositoryName = "shop/api" }))
                .ImageIds.Select(id => id.ImageTag)
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task The_proxy_fails_the_call_it_is_told_to_and_records_all()
    {
        await using var proxy = await FaultProxy.StartAsync(account.Aws.Url, "top secret/+");
        proxy.Rules.Add(new FaultRule(Fault.Throttle, "cloudformation", "DescribeStacks", Nth: 2));
        proxy.Rules.Add(new FaultRule(Fault.InternalFailure, "cloudformation", "ListExports"));
        proxy.Rules.Add(new FaultRule(Fault.DropAfter, "cloudformation", "CreateChangeSet"));
        using var client = Account.CloudFormationAt(proxy.Url);

        await client.DescribeStacksAsync(new DescribeStacksRequest());
        Assert.Equal(
            "Throttling",
            (
                await Assert.ThrowsAsync<AmazonCloudFormationException>(() => client.DescribeStacksAsync(new DescribeStacksRequest()))
            ).ErrorCode
        );
        await client.DescribeStacksAsync(new DescribeStacksRequest());
        Assert.Equal(500, (int)(await Assert.ThrowsAsync<AmazonCloudFormationException>(() => client.ListExportsAsync(new()))).StatusCode);
        await Assert.ThrowsAnyAsync<Exception>(() =>
            client.CreateChangeSetAsync(
                new()
                {
                    StackName = "images",
                    ChangeSetName = "lost",
                    ChangeSetType = ChangeSetType.CREATE,
                    TemplateBody = Repository,
                    Description = "top secret/+",
                }
            )
        );

        // Dropped after it was done: the stack is there.
        Assert.Equal("images", Assert.Single((await client.DescribeStacksAsync(new DescribeStacksRequest())).Stacks).StackName);
        Assert.Equal(
            ["DescribeStacks", "DescribeStacks Throttle", "DescribeStacks", "ListExports InternalFailure", "CreateChangeSet DropAfter"],
            proxy.Calls.Take(5).Select(call => $"{call.Operation} {call.Met}".TrimEnd())
        );
        // The client's own stack may have sent the dropped call again: how often, is its own affair.
        Assert.Equal(
            "CreateChangeSet",
            Assert.Single(proxy.Calls.Where(call => call.HeldSecret).Select(call => call.Operation).Distinct())
        );
        Assert.Equal(proxy.Calls.Count(call => call.Met is null or Fault.DropAfter), (await account.Aws.CallsAsync()).Count);
    }

    /// <summary>An image of one empty layer, pushed as a client of the registry does.</summary>
    private async Task<string> PushAsync(string repository, string tag, string content)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://{account.Aws.Registry!.Address}") };
        var config = await BlobAsync(
            client,
            repository,
            $$"""{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]},"author":"{{content}}"}"""
        );
        var manifest =
            $$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{config.Digest}}","size":{{config.Size}}},"layers":[]}""";
        using var body = new StringContent(
            manifest,
            new System.Net.Http.Headers.MediaTypeHeaderValue("application/vnd.oci.image.manifest.v1+json")
        );
        using var response = await client.PutAsync($"/v2/{repository}/manifests/{tag}", body);
        response.EnsureSuccessStatusCode();
        return response.Headers.GetValues("Docker-Content-Digest").Single();
    }

    private static async Task<(string Digest, int Size)> BlobAsync(HttpClient client, string repository, string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        var digest = $"sha256:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))}";
        using var started = await client.PostAsync($"/v2/{repository}/blobs/uploads/", null);
        var location = started.Headers.Location!.ToString();
        using var body = new ByteArrayContent(bytes);
        using var put = await client.PutAsync(
            $"{location}{(location.Contains('?', StringComparison.Ordinal) ? '&' : '?')}digest={digest}",
            body
        );
        put.EnsureSuccessStatusCode();
        return (digest, bytes.Length);
    }
}
