"""Handlers that need little: one call each to make, change and delete; or none."""
import uuid
from typing import Callable

from botocore.exceptions import ClientError

from ..cloudformation.stacks import ACCOUNT
from .base import Context, Handler, ResourceError


class CallHandler(Handler):
    """Functions for what a type does. Without `change` an update is done when it is asked for."""

    def __init__(self, make: Callable, remove: Callable, change: Callable | None = None):
        self._make, self._remove, self._change = make, remove, change

    def create(self, context: Context, properties: dict) -> tuple[str, dict]:
        return self._make(context, properties)

    def update(self, context: Context, physical: str, old: dict, new: dict) -> dict:
        attributes = self._change(context, physical, old, new) if self._change else None
        return attributes if attributes is not None else context.stack.resources[context.logical].attributes

    def delete(self, context: Context, physical: str, properties: dict) -> None:
        try:
            self._remove(context, physical, properties)
        except ClientError as error:
            code = error.response["Error"].get("Code", "")
            if "NotFound" not in code and "NoSuch" not in code and code != "404" and "NonExistent" not in code:
                raise


# Which attributes a type that is only kept has: CloudFormation's names, and a value made of the physical id.
_KEPT = {
    "AWS::CloudFront::Distribution": ("E{HEX13}", {"Id": "{id}", "DomainName": "d{hex13}.cloudfront.net"}),
    "AWS::CloudFront::Function": ("arn:aws:cloudfront::{account}:function/{name}", {"FunctionARN": "{id}", "Stage": "LIVE"}),
    "AWS::CloudFront::OriginAccessControl": ("E{HEX13}", {"Id": "{id}"}),
    "AWS::CloudFront::ResponseHeadersPolicy": ("{uuid}", {"Id": "{id}"}),
    "AWS::CloudFront::VpcOrigin": ("vo_{hex17}", {"Id": "{id}", "Arn": "arn:aws:cloudfront::{account}:vpcorigin/{id}", "AccountId": "{account}", "Status": "Deployed"}),
    "AWS::EFS::AccessPoint": ("fsap-{hex17}", {"AccessPointId": "{id}", "Arn": "arn:aws:elasticfilesystem:{region}:{account}:access-point/{id}"}),
    "AWS::EFS::MountTarget": ("fsmt-{hex17}", {"Id": "{id}", "IpAddress": "10.0.0.99"}),
    "AWS::ElastiCache::ServerlessCache": ("{ServerlessCacheName}", {
        "ARN": "arn:aws:elasticache:{region}:{account}:serverlesscache:{id}", "Endpoint.Address": "{id}-abc123.serverless.use1.cache.amazonaws.com", "Endpoint.Port": "6379",
        "ReaderEndpoint.Address": "{id}-abc123.serverless.use1.cache.amazonaws.com", "ReaderEndpoint.Port": "6380"}),
    "AWS::ElastiCache::ReplicationGroup": ("{ReplicationGroupId}", {
        "PrimaryEndPoint.Address": "master.{id}.abc123.use1.cache.amazonaws.com", "PrimaryEndPoint.Port": "6379",
        "ReaderEndPoint.Address": "replica.{id}.abc123.use1.cache.amazonaws.com", "ReaderEndPoint.Port": "6379"}),
    "AWS::ElastiCache::SubnetGroup": ("{CacheSubnetGroupName}", {}),
    "AWS::ElastiCache::User": ("{UserId}", {"Arn": "arn:aws:elasticache:{region}:{account}:user:{id}", "Status": "active"}),
    "AWS::ElastiCache::UserGroup": ("{UserGroupId}", {"Arn": "arn:aws:elasticache:{region}:{account}:usergroup:{id}", "Status": "active"}),
    "AWS::RDS::DBClusterParameterGroup": ("{lower}", {}),
    "AWS::RDS::DBParameterGroup": ("{lower}", {}),
    "AWS::RDS::DBSubnetGroup": ("{lower}", {}),
    "AWS::Scheduler::Schedule": ("{name}", {"Arn": "arn:aws:scheduler:{region}:{account}:schedule/default/{id}"}),
    "AWS::ElasticLoadBalancingV2::ListenerCertificate": ("{uuid}", {"Id": "{id}"}),
    "AWS::SNS::Topic": ("arn:aws:sns:{region}:{account}:{name}", {"TopicArn": "{id}", "TopicName": "{name}"}),
}


def _check_region(resource_type: str, context: Context, properties: dict) -> None:
    """CloudFront's certificates and web ACLs are in us-east-1, wherever the stack is."""
    if resource_type == "AWS::WAFv2::WebACL" and properties.get("Scope") == "CLOUDFRONT" and context.region != "us-east-1":
        raise ResourceError("Error reason: The scope is not valid., field: SCOPE_VALUE, parameter: CLOUDFRONT", "InvalidRequest")
    if resource_type != "AWS::CloudFront::Distribution":
        return
    config = properties.get("DistributionConfig") or {}
    certificate, web_acl = (config.get("ViewerCertificate") or {}).get("AcmCertificateArn"), config.get("WebACLId")
    if certificate and ":us-east-1:" not in certificate:
        raise ResourceError("The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.", "InvalidRequest")
    if web_acl and ":us-east-1:" not in web_acl:
        raise ResourceError(f"Invalid request provided: the web ACL {web_acl} is not one of CloudFront.", "InvalidRequest")


def _check_failover(resource_type: str, old: dict, new: dict) -> None:
    """
    Failover is turned on before there is a replica for it, and the last replica goes only where it is off.
    https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/383, https://github.com/hashicorp/terraform-provider-aws/issues/24244
    """
    if resource_type != "AWS::ElastiCache::ReplicationGroup":
        return
    count = lambda properties: int(properties.get("NumCacheClusters") or 1)
    has_failover = lambda properties: str(properties.get("AutomaticFailoverEnabled", False)).lower() == "true"
    if count(old) == 1 and has_failover(new):
        raise ResourceError("Replication group must have at least one read replica to enable autofailover.", "InvalidRequest")
    if count(new) == 1 and has_failover(old):
        raise ResourceError("Must have at least 1 replica when cluster mode is disabled with auto failover enabled.", "InvalidRequest")


class KeptHandler(Handler):
    """A type with no service behind it: a physical id, and attributes where they are known."""

    def __init__(self, resource_type: str):
        self._type = resource_type
        self._physical, self._attributes = _KEPT.get(resource_type, ("{name}", {"Arn": f"arn:aws:{resource_type.split('::')[1].lower()}:{{region}}:{{account}}:{{id}}", "Id": "{id}"}))

    def create(self, context: Context, properties: dict) -> tuple[str, dict]:
        _check_region(self._type, context, properties)
        identity = uuid.uuid4()
        words = {**{name: value for name, value in properties.items() if isinstance(value, str)}, "region": context.region, "account": ACCOUNT, "uuid": str(identity), "hex17": identity.hex[:17], "lower": context.name(63, lower=True),
                 "hex13": identity.hex[:13], "HEX13": identity.hex[:13].upper(),
                 "name": properties.get("Name") if isinstance(properties.get("Name"), str) else context.name()}
        physical = self._physical.format(**words)
        filled = lambda text: [filled(one) for one in text] if isinstance(text, list) else text.format(id=physical, **words)
        return physical, {name: filled(text) for name, text in self._attributes.items()}

    def update(self, context: Context, physical: str, old: dict, new: dict) -> dict:
        _check_region(self._type, context, new)
        # https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_UpdateVpcOrigin.html: the template's distribution has it.
        if self._type == "AWS::CloudFront::VpcOrigin" and new.get("VpcOriginEndpointConfig") != old.get("VpcOriginEndpointConfig"):
            raise ResourceError("The entity cannot be updated while it is in use.", "ResourceConflict")
        _check_failover(self._type, old, new)
        return context.stack.resources[context.logical].attributes

    def delete(self, context: Context, physical: str, properties: dict) -> None:
        pass
