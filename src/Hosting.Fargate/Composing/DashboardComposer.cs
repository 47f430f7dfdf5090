using System.Text;
using System.Text.Json;
using Hosting.Fargate.Application;
using Hosting.Fargate.Templates;

namespace Hosting.Fargate.Composing;

/// <summary>One CloudWatch dashboard for load balancer, services and queues: only what the template makes is on it.</summary>
internal static class DashboardComposer
{
    /// <summary>CloudWatch takes 500: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html. A person takes fewer.</summary>
    private const int MaxServices = 40;

    public static TemplateSection Compose(FargateApplication application)
    {
        if (application.Services.Length == 0)
        {
            return new TemplateSection("dashboard", []);
        }

        return new TemplateSection("dashboard",
        [
            new("Dashboard", "AWS::CloudWatch::Dashboard")
            {
                Comment = "what is going on, on one page" + (application.Services.Length > MaxServices ? $": the first {MaxServices} of {application.Services.Length} services" : ""),
                Properties = new()
                {
                    ["DashboardName"] = application.Name,
                    ["DashboardBody"] = ComposeBody(application),
                },
            },
        ]);
    }

    private static TemplateNode ComposeBody(FargateApplication application)
    {
        var variables = new TemplateMap();
        var widgets = new Widgets();
        var services = application.Services.Take(MaxServices).ToList();
        foreach (var service in services.Where(service => service.Routes.Length > 0))
        {
            var groups = service.Routes.Select(route => TargetComposer.TargetGroupId(service, route)).ToList();
            widgets.Add($"{service.Name}: requests and 5xx", "Sum", groups.SelectMany(group => new[] { Target("RequestCount", group), Target("HTTPCode_Target_5XX_Count", group) }));
            widgets.Add($"{service.Name}: seconds to answer", "p50", groups.SelectMany(group => new[] { Target("TargetResponseTime", group, "p50"), Target("TargetResponseTime", group, "p99") }));
            widgets.Add($"{service.Name}: healthy targets", "Minimum", groups.Select(group => Target("HealthyHostCount", group)));
        }

        widgets.Add("CPU, percent", "Average", services.Select(service => OfService(application, "CPUUtilization", service)));
        widgets.Add("memory, percent", "Average", services.Select(service => OfService(application, "MemoryUtilization", service)));
        foreach (var queue in application.Queues)
        {
            var name = NameVariable(application, queue, "QueueName", variables);
            List<object[]> metrics = [["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", name], ["AWS/SQS", "ApproximateNumberOfMessagesNotVisible", "QueueName", name]];
            if (queue is { MaxReceives: not null, ExistingArn: null })
            {
                metrics.Add(["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", NameVariable(application, queue, "DeadLetterQueueName", variables)]);
            }

            widgets.Add($"{queue.Name}: waiting, in hand, dead letters", "Maximum", metrics);
            widgets.Add($"{queue.Name}: seconds that the oldest has waited", "Maximum", [["AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", name]]);
        }

        var logs = string.Join(" | ", services.Select(service => $"SOURCE '/ecs/{application.Name}/{service.Name}'"));
        widgets.AddLog("errors", $"{logs} | filter LogLevel in ['Error', 'Critical'] | sort @timestamp desc | limit 50");
        return Fn.Sub(widgets.ToString(), variables);
    }

    private static object[] Target(string metric, string group, string? statistic = null)
    {
        object[] named = ["AWS/ApplicationELB", metric, "LoadBalancer", $"${{{SharedIds.LoadBalancer}.LoadBalancerFullName}}", "TargetGroup", $"${{{group}.TargetGroupFullName}}"];
        return statistic is null ? named : [.. named, new Dictionary<string, string> { ["stat"] = statistic, ["label"] = statistic }];
    }

    private static object[] OfService(FargateApplication application, string metric, Service service) =>
        ["AWS/ECS", metric, "ClusterName", application.Name, "ServiceName", service.Name];

    private static string NameVariable(FargateApplication application, Queue queue, string property, TemplateMap variables)
    {
        var variable = $"{queue.Id}{property}";
        variables[variable] = Foundation.QueueProperty(application, queue, property);
        return $"${{{variable}}}";
    }

    /// <summary>Widgets in two columns.</summary>
    private sealed class Widgets
    {
        private const int Width = 12;
        private const int Height = 6;

        private static readonly JsonSerializerOptions s_json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

        private readonly List<string> _lines = [];

        public void Add(string title, string statistic, IEnumerable<object[]> metrics) => Add("metric", Width, new
        {
            title,
            region = "${AWS::Region}",
            view = "timeSeries",
            stat = statistic,
            period = 60,
            metrics = metrics.ToArray(),
        });

        public void AddLog(string title, string query)
        {
            if (_lines.Count % 2 == 1)
            {
                // Log lines take the whole width.
                _lines.Add("");
            }

            Add("log", 2 * Width, new { title, region = "${AWS::Region}", view = "table", query });
        }

        public override string ToString()
        {
            var lines = _lines.Where(line => line.Length > 0).Select(line => "  " + line);
            return new StringBuilder("{\"widgets\":[\n").AppendJoin(",\n", lines).Append("\n]}\n").ToString();
        }

        private void Add(string type, int width, object properties)
        {
            var x = _lines.Count % 2 * Width;
            var y = _lines.Count / 2 * Height;
            // A line each metric, so that a change shows as the line that it is.
            var line = JsonSerializer.Serialize(new { type, x, y, width, height = Height, properties }, s_json);
            _lines.Add(line.Replace("\"metrics\":[[", "\"metrics\":[\n    [", StringComparison.Ordinal).Replace("],[", "],\n    [", StringComparison.Ordinal));
        }
    }
}
