"""AWS::ElasticLoadBalancingV2, certificates and Cloud Map in moto; DNS records are only kept."""
from ..protocol import request_from
from .base import Context, ResourceError
from .simple import CallHandler

NAME_LIMIT = 32


def _tags(context: Context, properties: dict) -> list[dict]:
    return [{"Key": key, "Value": value} for key, value in context.all_tags(properties).items()]


def _load_balancer(context: Context, properties: dict) -> tuple[str, dict]:
    request = request_from("elbv2", "CreateLoadBalancer", properties) | {"Name": properties.get("Name") or context.name(NAME_LIMIT), "Tags": _tags(context, properties)}
    item = context.client("elbv2").create_load_balancer(**request)["LoadBalancers"][0]
    _attributes(context, item["LoadBalancerArn"], {}, properties)
    arn = item["LoadBalancerArn"]
    return arn, {"LoadBalancerArn": arn, "DNSName": context.emulator.settings.load_balancer or item["DNSName"], "LoadBalancerName": item["LoadBalancerName"],
                 "CanonicalHostedZoneID": item.get("CanonicalHostedZoneId", "Z35SXDOTRQ7X7K"), "LoadBalancerFullName": arn.split(":loadbalancer/")[1]}


def _attributes(context: Context, physical: str, old: dict, new: dict) -> None:
    if new.get("LoadBalancerAttributes"):
        # moto refuses attributes that it has not heard of.
        known = [item for item in new["LoadBalancerAttributes"] if not item["Key"].startswith(("connection_logs.", "health_check_logs."))]
        context.client("elbv2").modify_load_balancer_attributes(LoadBalancerArn=physical, Attributes=known)


def _change_load_balancer(context: Context, physical: str, old: dict, new: dict) -> None:
    client = context.client("elbv2")
    _attributes(context, physical, old, new)
    if new.get("SecurityGroups") != old.get("SecurityGroups"):
        client.set_security_groups(LoadBalancerArn=physical, SecurityGroups=new["SecurityGroups"])
    if new.get("Subnets") != old.get("Subnets"):
        client.set_subnets(LoadBalancerArn=physical, Subnets=new["Subnets"])


def _target_group(context: Context, properties: dict) -> tuple[str, dict]:
    request = request_from("elbv2", "CreateTargetGroup", properties) | {"Name": properties.get("Name") or context.name(NAME_LIMIT), "Tags": _tags(context, properties)}
    item = context.client("elbv2").create_target_group(**request)["TargetGroups"][0]
    arn = item["TargetGroupArn"]
    if properties.get("TargetGroupAttributes"):
        context.client("elbv2").modify_target_group_attributes(TargetGroupArn=arn, Attributes=properties["TargetGroupAttributes"])
    return arn, {"TargetGroupArn": arn, "TargetGroupFullName": arn.split(":")[-1], "TargetGroupName": item["TargetGroupName"], "LoadBalancerArns": []}


def _change_target_group(context: Context, physical: str, old: dict, new: dict) -> None:
    client = context.client("elbv2")
    client.modify_target_group(TargetGroupArn=physical, **request_from("elbv2", "ModifyTargetGroup", {key: new[key] for key in new if key.startswith("HealthCheck") or key.endswith("ThresholdCount") or key == "Matcher"}))
    if new.get("TargetGroupAttributes"):
        client.modify_target_group_attributes(TargetGroupArn=physical, Attributes=new["TargetGroupAttributes"])


def _listener(context: Context, properties: dict) -> tuple[str, dict]:
    request = request_from("elbv2", "CreateListener", properties)
    arn = context.client("elbv2").create_listener(**request)["Listeners"][0]["ListenerArn"]
    return arn, {"ListenerArn": arn}


def _change_listener(context: Context, physical: str, old: dict, new: dict) -> None:
    request = request_from("elbv2", "ModifyListener", {key: value for key, value in new.items() if key not in ("LoadBalancerArn", "Tags")})
    context.client("elbv2").modify_listener(ListenerArn=physical, **request)


def _of_one_load_balancer(context: Context, listener: str, actions: list[dict]) -> None:
    """A target group is on one load balancer: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html."""
    client = context.client("elbv2")
    balancer = client.describe_listeners(ListenerArns=[listener])["Listeners"][0]["LoadBalancerArn"]
    named = {action.get("TargetGroupArn") for action in actions} | {
        group["TargetGroupArn"] for action in actions for group in action.get("ForwardConfig", {}).get("TargetGroups", [])}
    for group in client.describe_target_groups(TargetGroupArns=[arn for arn in named if arn])["TargetGroups"] if any(named) else []:
        if set(group["LoadBalancerArns"]) - {balancer}:
            raise ResourceError(f"The following target groups cannot be associated with more than one load balancer: {group['TargetGroupArn']}", "ServiceLimitExceeded")


def _rule(context: Context, properties: dict) -> tuple[str, dict]:
    request = request_from("elbv2", "CreateRule", properties)
    _of_one_load_balancer(context, properties["ListenerArn"], properties["Actions"])
    arn = context.client("elbv2").create_rule(**request)["Rules"][0]["RuleArn"]
    return arn, {"RuleArn": arn, "IsDefault": False}


def _change_rule(context: Context, physical: str, old: dict, new: dict) -> None:
    client = context.client("elbv2")
    client.modify_rule(RuleArn=physical, **request_from("elbv2", "ModifyRule", {key: new[key] for key in ("Conditions", "Actions") if key in new}))
    if new.get("Priority") != old.get("Priority"):
        client.set_rule_priorities(RulePriorities=[{"RuleArn": physical, "Priority": int(new["Priority"])}])


def _record(context: Context, properties: dict) -> tuple[str, dict]:
    return properties["Name"], {"Id": properties["Name"]}


def _certificate(context: Context, properties: dict) -> tuple[str, dict]:
    """Issued at once: nobody validates a domain here."""
    request = {key: properties[key] for key in ("DomainName", "ValidationMethod", "SubjectAlternativeNames") if key in properties}
    arn = context.client("acm").request_certificate(**request)["CertificateArn"]
    return arn, {"Id": arn}


def _namespace(context: Context, properties: dict) -> tuple[str, dict]:
    client = context.client("servicediscovery")
    client.create_http_namespace(Name=properties["Name"], Description=properties.get("Description", ""))
    item = next(item for item in client.list_namespaces()["Namespaces"] if item["Name"] == properties["Name"])
    return item["Id"], {"Id": item["Id"], "Arn": item["Arn"]}


def _dns_namespace(context: Context, properties: dict) -> tuple[str, dict]:
    client = context.client("servicediscovery")
    client.create_private_dns_namespace(Name=properties["Name"], Vpc=properties["Vpc"], Description=properties.get("Description", ""))
    item = next(item for item in client.list_namespaces()["Namespaces"] if item["Name"] == properties["Name"])
    return item["Id"], {"Id": item["Id"], "Arn": item["Arn"], "HostedZoneId": item.get("Properties", {}).get("DnsProperties", {}).get("HostedZoneId", "")}


def _discovery_service(context: Context, properties: dict) -> tuple[str, dict]:
    item = context.client("servicediscovery").create_service(**request_from("servicediscovery", "CreateService", {key: value for key, value in properties.items() if key != "Tags"}))["Service"]
    return item["Id"], {"Id": item["Id"], "Arn": item["Arn"], "Name": item["Name"]}


HANDLERS = {
    "AWS::ElasticLoadBalancingV2::LoadBalancer": CallHandler(
        _load_balancer, lambda context, physical, _: context.client("elbv2").delete_load_balancer(LoadBalancerArn=physical), _change_load_balancer),
    "AWS::ElasticLoadBalancingV2::TargetGroup": CallHandler(
        _target_group, lambda context, physical, _: context.client("elbv2").delete_target_group(TargetGroupArn=physical), _change_target_group),
    "AWS::ElasticLoadBalancingV2::Listener": CallHandler(
        _listener, lambda context, physical, _: context.client("elbv2").delete_listener(ListenerArn=physical), _change_listener),
    "AWS::ElasticLoadBalancingV2::ListenerRule": CallHandler(
        _rule, lambda context, physical, _: context.client("elbv2").delete_rule(RuleArn=physical), _change_rule),
    "AWS::CertificateManager::Certificate": CallHandler(_certificate, lambda context, physical, _: context.client("acm").delete_certificate(CertificateArn=physical)),
    "AWS::Route53::RecordSet": CallHandler(_record, lambda *_: None),
    "AWS::ServiceDiscovery::PrivateDnsNamespace": CallHandler(_dns_namespace, lambda context, physical, _: context.client("servicediscovery").delete_namespace(Id=physical)),
    "AWS::ServiceDiscovery::Service": CallHandler(_discovery_service, lambda context, physical, _: context.client("servicediscovery").delete_service(Id=physical)),
    "AWS::ServiceDiscovery::HttpNamespace": CallHandler(_namespace, lambda context, physical, _: context.client("servicediscovery").delete_namespace(Id=physical)),
}
