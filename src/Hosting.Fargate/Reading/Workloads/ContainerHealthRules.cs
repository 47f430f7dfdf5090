namespace Hosting.Fargate.Reading;

/// <summary>
/// What ECS takes as a health check in a container. Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
/// </summary>
internal static class ContainerHealthRules
{
    public static void Check(PublishedResource resource, Refusals refusals)
    {
        CheckOne(resource.Options.ContainerHealthCheck, "");
        resource.Options.Sidecars.ForEach(sidecar => CheckOne(sidecar.HealthCheck, $" for the sidecar '{sidecar.Name}'"));

        void CheckOne(ContainerHealthCheck? check, string whose)
        {
            if (check is null)
            {
                return;
            }

            if (check.Command is not (["CMD", _, ..] or ["CMD-SHELL", _]))
            {
                Refuse(
                    $"the command [{string.Join(", ", check.Command.Select(part => $"\"{part}\""))}]. ECS takes [\"CMD\", program, "
                        + "argument, …] or [\"CMD-SHELL\", line]."
                );
            }

            CheckTime(check.Interval, 5, 300, nameof(check.Interval));
            CheckTime(check.Timeout, 2, 60, nameof(check.Timeout));
            CheckTime(check.StartPeriod, 0, 300, nameof(check.StartPeriod));
            if (check.Retries is < 1 or > 10)
            {
                Refuse($"{nameof(check.Retries)} = {check.Retries}. ECS takes 1 to 10.");
            }

            void CheckTime(TimeSpan time, int least, int most, string option)
            {
                if (time.TotalSeconds < least || time.TotalSeconds > most || time.Ticks % TimeSpan.TicksPerSecond != 0)
                {
                    Refuse($"{option} = {time.TotalSeconds} s. ECS takes whole seconds, {least} to {most}.");
                }
            }

            void Refuse(string what) => refusals.Add(resource.Name, $"'{resource.Name}' has a ContainerHealthCheck{whose} with {what}");
        }
    }
}
