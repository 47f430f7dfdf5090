using Amazon.S3;
using Amazon.SQS;

namespace LocalAws.Tests.Emulators;

/// <summary>Something that stands in for AWS, to be held to the same tests.</summary>
public abstract class Emulator : IAsyncLifetime
{
    public abstract IAmazonSQS Sqs { get; }

    public abstract IAmazonS3 S3 { get; }

    /// <summary>Skips the test, with a reason, where the emulator is not installed.</summary>
    public abstract void RequirePresent();

    /// <summary>What is right, where moto is known to do something else: AWS's page <paramref name="source"/> decides.</summary>
    public abstract T Expected<T>(T aws, T moto, string source);

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();
}
