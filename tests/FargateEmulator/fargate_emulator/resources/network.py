"""AWS::EC2: the network, in moto."""
from ..protocol import request_from
from .base import Context
from .simple import CallHandler


def _tagged(context: Context, kind: str, properties: dict) -> dict:
    # EC2 keeps the prefix aws: to itself, and so does moto.
    tags = [{"Key": key, "Value": value} for key, value in context.all_tags(properties).items() if not key.startswith("aws:")]
    return {"TagSpecifications": [{"ResourceType": kind, "Tags": tags}]} if tags else {}


def _retag(context: Context, physical: str, old: dict, new: dict) -> None:
    tags = [{"Key": key, "Value": value} for key, value in context.all_tags(new).items() if not key.startswith("aws:")]
    if tags:
        context.client("ec2").create_tags(Resources=[physical], Tags=tags)


def _create(operation: str, kind: str | None, result, attributes, **fixed):
    """A handler's `make` for an operation of EC2 that takes a resource's properties."""
    method = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in operation).lstrip("_")

    def make(context: Context, properties: dict) -> tuple[str, dict]:
        request = request_from("ec2", operation, {key: value for key, value in properties.items() if key != "Tags"}) | fixed
        answer = getattr(context.client("ec2"), method)(**request, **(_tagged(context, kind, properties) if kind else {}))
        item = result(answer)
        return attributes(item)

    return make


def _vpc(item):
    return item["VpcId"], {"VpcId": item["VpcId"], "CidrBlock": item["CidrBlock"], "DefaultSecurityGroup": "sg-default"}


def _make_vpc(context: Context, properties: dict) -> tuple[str, dict]:
    physical, attributes = _create("CreateVpc", "vpc", lambda answer: answer["Vpc"], _vpc)(context, properties)
    for name in ("EnableDnsSupport", "EnableDnsHostnames"):
        if name in properties:
            context.client("ec2").modify_vpc_attribute(VpcId=physical, **{name: {"Value": str(properties[name]).lower() == "true"}})
    return physical, attributes


def _rules(context: Context, physical: str, properties: dict, remove: bool = False) -> None:
    """The rules of a security group; its egress replaces the one that lets everything out."""
    client = context.client("ec2")
    word = "revoke" if remove else "authorize"
    for direction, name in (("ingress", "SecurityGroupIngress"), ("egress", "SecurityGroupEgress")):
        for rule in properties.get(name, []):
            getattr(client, f"{word}_security_group_{direction}")(GroupId=physical, IpPermissions=[_permission(rule)])


def _permission(rule: dict) -> dict:
    said = {"Description": rule["Description"]} if "Description" in rule else {}
    permission = {"IpProtocol": str(rule["IpProtocol"]), "FromPort": int(rule.get("FromPort", -1)), "ToPort": int(rule.get("ToPort", -1))}
    if "CidrIp" in rule:
        permission["IpRanges"] = [{"CidrIp": rule["CidrIp"], **said}]
    for name in ("SourceSecurityGroupId", "DestinationSecurityGroupId"):
        if name in rule:
            permission["UserIdGroupPairs"] = [{"GroupId": rule[name], **said}]
    if "SourcePrefixListId" in rule or "DestinationPrefixListId" in rule:
        permission["PrefixListIds"] = [{"PrefixListId": rule.get("SourcePrefixListId") or rule["DestinationPrefixListId"], **said}]
    return permission


def _make_group(context: Context, properties: dict) -> tuple[str, dict]:
    client = context.client("ec2")
    group = client.create_security_group(GroupName=properties.get("GroupName") or context.name(), Description=properties["GroupDescription"],
                                         VpcId=properties["VpcId"], **_tagged(context, "security-group", properties))["GroupId"]
    if properties.get("SecurityGroupEgress"):
        client.revoke_security_group_egress(GroupId=group, IpPermissions=[{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}])
    _rules(context, group, properties)
    return group, {"GroupId": group, "VpcId": properties["VpcId"], "Id": group}


def _change_group(context: Context, physical: str, old: dict, new: dict) -> None:
    _rules(context, physical, {name: [rule for rule in old.get(name, []) if rule not in new.get(name, [])] for name in ("SecurityGroupIngress", "SecurityGroupEgress")}, remove=True)
    _rules(context, physical, {name: [rule for rule in new.get(name, []) if rule not in old.get(name, [])] for name in ("SecurityGroupIngress", "SecurityGroupEgress")})
    _retag(context, physical, old, new)


def _make_ingress(context: Context, properties: dict) -> tuple[str, dict]:
    rules = context.client("ec2").authorize_security_group_ingress(GroupId=properties["GroupId"], IpPermissions=[_permission(properties)])
    identity = rules["SecurityGroupRules"][0]["SecurityGroupRuleId"] if rules.get("SecurityGroupRules") else context.name()
    return identity, {"Id": identity}


def _attach(context: Context, properties: dict) -> tuple[str, dict]:
    context.client("ec2").attach_internet_gateway(InternetGatewayId=properties["InternetGatewayId"], VpcId=properties["VpcId"])
    return f"IGW|{properties['VpcId']}", {"AttachmentType": "IGW"}


def _route(context: Context, properties: dict) -> tuple[str, dict]:
    context.client("ec2").create_route(**request_from("ec2", "CreateRoute", properties))
    return f"{properties['RouteTableId']}|{properties['DestinationCidrBlock']}", {"CidrBlock": properties["DestinationCidrBlock"]}


def _associate(context: Context, properties: dict) -> tuple[str, dict]:
    identity = context.client("ec2").associate_route_table(**properties)["AssociationId"]
    return identity, {"Id": identity}


def _address(context: Context, properties: dict) -> tuple[str, dict]:
    answer = context.client("ec2").allocate_address(Domain="vpc")
    return answer["PublicIp"], {"AllocationId": answer["AllocationId"], "PublicIp": answer["PublicIp"]}


def _release(context: Context, physical: str, properties: dict) -> None:
    client = context.client("ec2")
    for address in client.describe_addresses(PublicIps=[physical])["Addresses"]:
        client.release_address(AllocationId=address["AllocationId"])


def _identified(key: str, *more: str):
    return lambda item: (item[key], {key: item[key], "Id": item[key]})


HANDLERS = {
    "AWS::EC2::VPC": CallHandler(_make_vpc, lambda context, physical, _: context.client("ec2").delete_vpc(VpcId=physical), _retag),
    "AWS::EC2::InternetGateway": CallHandler(
        _create("CreateInternetGateway", "internet-gateway", lambda answer: answer["InternetGateway"], _identified("InternetGatewayId")),
        lambda context, physical, _: context.client("ec2").delete_internet_gateway(InternetGatewayId=physical), _retag),
    "AWS::EC2::VPCGatewayAttachment": CallHandler(_attach, lambda context, physical, properties: context.client("ec2").detach_internet_gateway(
        InternetGatewayId=properties["InternetGatewayId"], VpcId=properties["VpcId"])),
    "AWS::EC2::RouteTable": CallHandler(_create("CreateRouteTable", "route-table", lambda answer: answer["RouteTable"], _identified("RouteTableId")),
                                        lambda context, physical, _: context.client("ec2").delete_route_table(RouteTableId=physical), _retag),
    "AWS::EC2::Route": CallHandler(_route, lambda context, physical, properties: context.client("ec2").delete_route(
        RouteTableId=properties["RouteTableId"], DestinationCidrBlock=properties["DestinationCidrBlock"])),
    "AWS::EC2::Subnet": CallHandler(_create("CreateSubnet", "subnet", lambda answer: answer["Subnet"], _identified("SubnetId")),
                                    lambda context, physical, _: context.client("ec2").delete_subnet(SubnetId=physical), _retag),
    "AWS::EC2::SubnetRouteTableAssociation": CallHandler(_associate, lambda context, physical, _: context.client("ec2").disassociate_route_table(AssociationId=physical)),
    "AWS::EC2::SecurityGroup": CallHandler(_make_group, lambda context, physical, _: context.client("ec2").delete_security_group(GroupId=physical), _change_group),
    "AWS::EC2::SecurityGroupIngress": CallHandler(_make_ingress, lambda context, physical, properties: context.client("ec2").revoke_security_group_ingress(
        GroupId=properties["GroupId"], IpPermissions=[_permission(properties)])),
    "AWS::EC2::VPCEndpoint": CallHandler(
        _create("CreateVpcEndpoint", "vpc-endpoint", lambda answer: answer["VpcEndpoint"], _identified("VpcEndpointId")),
        lambda context, physical, _: context.client("ec2").delete_vpc_endpoints(VpcEndpointIds=[physical]), _retag),
    "AWS::EC2::EIP": CallHandler(_address, _release),
    "AWS::EC2::NatGateway": CallHandler(_create("CreateNatGateway", "natgateway", lambda answer: answer["NatGateway"], _identified("NatGatewayId")),
                                        lambda context, physical, _: context.client("ec2").delete_nat_gateway(NatGatewayId=physical), _retag),
}
