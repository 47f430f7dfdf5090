"""Logs, alarms, dashboards, roles and scaling; in moto."""
import json

from ..cloudformation.stacks import ACCOUNT
from ..protocol import request_from
from .base import Context, ResourceError
from .simple import CallHandler


# ----------------------------------------------------------------------------------------------------- logs
def _log_group(context: Context, properties: dict) -> tuple[str, dict]:
    name, client = properties.get("LogGroupName") or context.name(), context.client("logs")
    client.create_log_group(logGroupName=name, tags=context.all_tags(properties))
    _change_log_group(context, name, {}, properties)
    return name, {"Arn": f"arn:aws:logs:{context.region}:{ACCOUNT}:log-group:{name}:*"}


def _change_log_group(context: Context, physical: str, old: dict, new: dict) -> None:
    if "RetentionInDays" in new:
        context.client("logs").put_retention_policy(logGroupName=physical, retentionInDays=int(new["RetentionInDays"]))


def _log_stream(context: Context, properties: dict) -> tuple[str, dict]:
    name = properties.get("LogStreamName") or context.name()
    context.client("logs").create_log_stream(logGroupName=properties["LogGroupName"], logStreamName=name)
    return name, {}


# -------------------------------------------------------------------------------------------------- metrics
def _alarm(context: Context, properties: dict) -> tuple[str, dict]:
    name = properties.get("AlarmName") or context.name()
    _put_alarm(context, name, {}, properties)
    return name, {"Arn": f"arn:aws:cloudwatch:{context.region}:{ACCOUNT}:alarm:{name}"}


def _put_alarm(context: Context, physical: str, old: dict, new: dict) -> None:
    for action in new.get("AlarmActions", []) + new.get("OKActions", []):
        if action.startswith("arn:aws:sns:") and action.split(":")[3] != context.region:
            raise ResourceError(f"Invalid region {action.split(':')[3]} specified. Only {context.region} is supported.", "InvalidRequest")
    context.client("cloudwatch").put_metric_alarm(**request_from("cloudwatch", "PutMetricAlarm", {key: value for key, value in new.items() if key != "Tags"}) | {"AlarmName": physical})


def _dashboard(context: Context, properties: dict) -> tuple[str, dict]:
    name = properties.get("DashboardName") or context.name()
    context.client("cloudwatch").put_dashboard(DashboardName=name, DashboardBody=properties["DashboardBody"])
    return name, {}


# ---------------------------------------------------------------------------------------------------- roles
def _role(context: Context, properties: dict) -> tuple[str, dict]:
    name, client = properties.get("RoleName") or context.name(64), context.client("iam")
    request = {key: properties[key] for key in ("Description", "Path") if key in properties}
    item = client.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(properties["AssumeRolePolicyDocument"]), **request,
                              Tags=[{"Key": key, "Value": value} for key, value in context.all_tags(properties).items() if not key.startswith("aws:")])["Role"]
    _policies(context, name, {}, properties)
    return name, {"Arn": item["Arn"], "RoleId": item["RoleId"]}


def _policies(context: Context, physical: str, old: dict, new: dict) -> None:
    client = context.client("iam")
    for name in {policy["PolicyName"] for policy in old.get("Policies", [])} - {policy["PolicyName"] for policy in new.get("Policies", [])}:
        client.delete_role_policy(RoleName=physical, PolicyName=name)
    for policy in new.get("Policies", []):
        client.put_role_policy(RoleName=physical, PolicyName=policy["PolicyName"], PolicyDocument=json.dumps(policy["PolicyDocument"]))


def _delete_role(context: Context, physical: str, properties: dict) -> None:
    _policies(context, physical, properties, {})
    context.client("iam").delete_role(RoleName=physical)


def _profile(context: Context, properties: dict) -> tuple[str, dict]:
    name, client = properties.get("InstanceProfileName") or context.name(), context.client("iam")
    arn = client.create_instance_profile(InstanceProfileName=name)["InstanceProfile"]["Arn"]
    for role in properties["Roles"]:
        client.add_role_to_instance_profile(InstanceProfileName=name, RoleName=role)
    return name, {"Arn": arn}


def _delete_profile(context: Context, physical: str, properties: dict) -> None:
    for role in properties["Roles"]:
        context.client("iam").remove_role_from_instance_profile(InstanceProfileName=physical, RoleName=role)
    context.client("iam").delete_instance_profile(InstanceProfileName=physical)


# -------------------------------------------------------------------------------------------------- scaling
def _scalable(context: Context, properties: dict) -> tuple[str, dict]:
    request = request_from("application-autoscaling", "RegisterScalableTarget", {key: value for key, value in properties.items() if key != "Tags"})
    context.client("application-autoscaling").register_scalable_target(**request)
    identity = "|".join((properties["ResourceId"], properties["ScalableDimension"], properties["ServiceNamespace"]))
    return identity, {"Id": identity}


def _unscalable(context: Context, physical: str, properties: dict) -> None:
    resource, dimension, namespace = physical.split("|")
    context.client("application-autoscaling").deregister_scalable_target(ServiceNamespace=namespace, ResourceId=resource, ScalableDimension=dimension)


def _scaled(properties: dict) -> dict:
    """A policy names its target by id, or by parts."""
    if "ScalingTargetId" not in properties:
        return {key: properties[key] for key in ("ResourceId", "ScalableDimension", "ServiceNamespace")}
    return dict(zip(("ResourceId", "ScalableDimension", "ServiceNamespace"), properties["ScalingTargetId"].split("|")))


def _scaling_policy(context: Context, properties: dict) -> tuple[str, dict]:
    request = request_from("application-autoscaling", "PutScalingPolicy", properties | _scaled(properties))
    arn = context.client("application-autoscaling").put_scaling_policy(**request)["PolicyARN"]
    return arn, {"Arn": arn}


def _delete_scaling_policy(context: Context, physical: str, properties: dict) -> None:
    context.client("application-autoscaling").delete_scaling_policy(PolicyName=properties["PolicyName"], **_scaled(properties))


def _again(make):
    """An update that puts the whole again."""
    def change(context: Context, physical: str, old: dict, new: dict) -> None:
        make(context, new)
    return change


HANDLERS = {
    "AWS::Logs::LogGroup": CallHandler(_log_group, lambda context, physical, _: context.client("logs").delete_log_group(logGroupName=physical), _change_log_group),
    "AWS::Logs::LogStream": CallHandler(_log_stream, lambda context, physical, properties: context.client("logs").delete_log_stream(
        logGroupName=properties["LogGroupName"], logStreamName=physical)),
    "AWS::CloudWatch::Alarm": CallHandler(_alarm, lambda context, physical, _: context.client("cloudwatch").delete_alarms(AlarmNames=[physical]), _put_alarm),
    "AWS::CloudWatch::Dashboard": CallHandler(_dashboard, lambda context, physical, _: context.client("cloudwatch").delete_dashboards(DashboardNames=[physical]), _again(_dashboard)),
    "AWS::IAM::Role": CallHandler(_role, _delete_role, _policies),
    "AWS::IAM::InstanceProfile": CallHandler(_profile, _delete_profile),
    "AWS::ApplicationAutoScaling::ScalableTarget": CallHandler(_scalable, _unscalable, _again(_scalable)),
    "AWS::ApplicationAutoScaling::ScalingPolicy": CallHandler(_scaling_policy, _delete_scaling_policy, _again(_scaling_policy)),
}
