using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace OpenTelemetry.Instrumentation.AWS.Pipeline;

/// <summary>Puts the two handlers into the pipeline of each client that is created from now on.</summary>
internal sealed class TracingPipelineCustomizer(AWSClientInstrumentationOptions options) : IRuntimePipelineCustomizer
{
    public string UniqueName => "AWS Tracing Registration Customization";

    public void Customize(Type type, RuntimePipeline pipeline)
    {
        if (!typeof(AmazonServiceClient).IsAssignableFrom(type))
        {
            return;
        }

        // Message attributes are part of the body, so they are there before it is marshalled; headers once it is, but before
        // a retry could add them twice.
        pipeline.AddHandlerBefore<Marshaller>(new CallAttributesHandler(options));
        pipeline.AddHandlerBefore<RetryHandler>(new TraceHeaderHandler());
    }
}
