"""What an account has before anything is deployed: networks and certificates under the ids that models name."""
from moto.acm.models import acm_backends
from moto.core import DEFAULT_ACCOUNT_ID
from moto.ec2.models import ec2_backends


def provide(body: dict, region: str = "us-east-1") -> None:
    """`vpcs`: `id`, `cidr`, `subnets` (ids), and `groups` (ids of security groups) where there are any; `certificates`: ARNs."""
    for vpc in body.get("vpcs", []):
        ec2 = ec2_backends[DEFAULT_ACCOUNT_ID][region]
        _network(ec2, vpc["id"], vpc["cidr"], vpc["subnets"])
        for wanted in vpc.get("groups", []):
            group = ec2.create_security_group(wanted.removeprefix("sg-"), "there before", vpc_id=vpc["id"])
            ec2.groups[vpc["id"]][wanted] = ec2.groups[vpc["id"]].pop(group.id)
            group.id = group.group_id = wanted
    held = acm_backends[DEFAULT_ACCOUNT_ID][region]._certificates
    for arn in body.get("certificates", []):
        held[arn] = _Certificate(arn)


def _network(ec2, identity: str, cidr: str, subnets: list[str]) -> None:
    made = ec2.create_vpc(cidr)
    for number, wanted in enumerate(subnets):
        zone = f"{ec2.region_name}{'abc'[number % 3]}"
        subnet = ec2.create_subnet(made.id, f"{'.'.join(cidr.split('.')[:2])}.{number}.0/24", availability_zone=zone)
        ec2.subnets[zone][wanted] = ec2.subnets[zone].pop(subnet.id)
        subnet.id, subnet.vpc_id = wanted, identity
    for acl in ec2.network_acls.values():
        if acl.vpc_id == made.id:
            acl.vpc_id = identity
    for table in ec2.route_tables.values():
        if table.vpc_id == made.id:
            table.vpc_id = identity
    ec2.groups[identity] = ec2.groups.pop(made.id)
    for group in ec2.groups[identity].values():
        group.vpc_id = identity
    ec2.vpcs[identity] = ec2.vpcs.pop(made.id)
    made.id = identity


class _Certificate:
    """As much of one as a listener asks for."""

    def __init__(self, arn: str):
        self.arn = arn
        self.in_use_by: list[str] = []

    def check(self) -> None:
        """It is valid from the start."""
