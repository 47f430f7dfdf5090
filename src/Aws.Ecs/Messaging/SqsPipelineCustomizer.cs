using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SQS;

namespace Aws.Ecs.Messaging;

/// <summary>Puts <see cref="SqsCallHandler"/> around each call of the SQS clients that are created from now on.</summary>
internal sealed class SqsPipelineCustomizer : IRuntimePipelineCustomizer
{
    public string UniqueName => SqsTelemetry.ActivitySourceName;

    /// <summary>Registers it with the AWS SDK, once a process.</summary>
    public static void Register() => RuntimePipelineCustomizerRegistry.Instance.Register(new SqsPipelineCustomizer());

    public void Customize(Type type, RuntimePipeline pipeline)
    {
        if (typeof(AmazonSQSClient).IsAssignableFrom(type))
        {
            // The outermost handler: the SDK's own span of the call starts within.
            pipeline.AddHandler(new SqsCallHandler());
        }
    }
}
