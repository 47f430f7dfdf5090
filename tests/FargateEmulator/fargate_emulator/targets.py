"""What a load balancer says of its targets: the tasks of the service behind a target group."""
from .errors import AwsError


def describe_target_health(emulator, region: str, request: dict) -> dict:
    group, ecs = request["TargetGroupArn"], emulator.ecs.store.region(region)
    descriptions = []
    for service in list(ecs.services.values()):
        ports = [item.get("containerPort", 80) for item in service["loadBalancers"] if item.get("targetGroupArn") == group]
        for task in ecs.tasks_of(service) if ports else []:
            if task["lastStatus"] != "RUNNING":
                continue
            address = next(item["value"] for item in task["attachments"][0]["details"] if item["name"] == "privateIPv4Address")
            unhealthy = task.get("_unhealthy")
            health = {"State": "unhealthy", "Reason": "Target.ResponseCodeMismatch", "Description": "Health checks failed with these codes: [503]"} if unhealthy else {"State": "healthy"}
            descriptions.append({"Target": {"Id": address, "Port": ports[0], "AvailabilityZone": task["availabilityZone"]}, "HealthCheckPort": str(ports[0]), "TargetHealth": health})
    if not descriptions and not any(group == item["TargetGroupArn"] for item in emulator.client("elbv2", region).describe_target_groups()["TargetGroups"]):
        raise AwsError("TargetGroupNotFound", "One or more target groups not found")
    return {"TargetHealthDescriptions": descriptions}
