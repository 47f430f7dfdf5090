"""Instances of RDS and clusters of Aurora, by RDS's own API."""
import uuid

from ..cloudformation.stacks import ACCOUNT
from ..protocol import request_from
from .base import Context, ResourceError
from .simple import CallHandler

_INSTANCE = ("DBInstanceClass", "Engine", "EngineVersion", "AllocatedStorage", "MultiAZ", "BackupRetentionPeriod", "DBClusterIdentifier", "DeletionProtection")
_CLUSTER = ("Engine", "EngineVersion", "BackupRetentionPeriod", "DeletionProtection", "ServerlessV2ScalingConfiguration")
_CHANGED = ("DBInstanceClass", "EngineVersion", "AllocatedStorage", "MultiAZ", "BackupRetentionPeriod", "DeletionProtection", "ServerlessV2ScalingConfiguration")


def _taken(operation: str, properties: dict, names: tuple) -> dict:
    return request_from("rds", operation, {name: properties[name] for name in names if name in properties})


def _user(properties: dict) -> dict:
    """Of a snapshot, which nobody has to have made, the user is in it."""
    return {"MasterUsername": properties.get("MasterUsername", "of-the-snapshot"), "MasterUserPassword": "kept-nowhere"}


def _instance(context: Context, properties: dict) -> tuple[str, dict]:
    rds, name = context.client("rds"), context.name(63, lower=True)
    if "SourceDBInstanceIdentifier" in properties:
        wanted = _taken("CreateDBInstanceReadReplica", properties, ("SourceDBInstanceIdentifier", "DBInstanceClass", "DeletionProtection"))
        rds.create_db_instance_read_replica(DBInstanceIdentifier=name, **wanted)
    else:
        wanted = _taken("CreateDBInstance", properties, _INSTANCE)
        if "DBClusterIdentifier" in wanted and "DeletionProtection" in wanted:
            raise ResourceError("Deletion Protection can only be applied on the Cluster level, not for individual instances", "InvalidRequest")
        rds.create_db_instance(DBInstanceIdentifier=name, **wanted, **({} if "DBClusterIdentifier" in wanted else _user(properties)))
    return name, {"DBInstanceArn": f"arn:aws:rds:{context.region}:{ACCOUNT}:db:{name}",
                  "Endpoint.Address": f"{name}.abc123.{context.region}.rds.amazonaws.com", "Endpoint.Port": "5432"}


def _cluster(context: Context, properties: dict) -> tuple[str, dict]:
    name = context.name(63, lower=True)
    context.client("rds").create_db_cluster(DBClusterIdentifier=name, **_taken("CreateDBCluster", properties, _CLUSTER), **_user(properties))
    return name, {"DBClusterArn": f"arn:aws:rds:{context.region}:{ACCOUNT}:cluster:{name}",
                  "Endpoint.Address": f"{name}.cluster-abc123.{context.region}.rds.amazonaws.com", "Endpoint.Port": "5432",
                  "ReadEndpoint.Address": f"{name}.cluster-ro-abc123.{context.region}.rds.amazonaws.com"}


def _changes(operation: str, old: dict, new: dict) -> dict:
    """What differs alone, and nothing of what a template no longer says."""
    return _taken(operation, {name: new[name] for name in new if new[name] != old.get(name)}, _CHANGED)


def _change_instance(context: Context, physical: str, old: dict, new: dict) -> None:
    context.client("rds").modify_db_instance(DBInstanceIdentifier=physical, **_changes("ModifyDBInstance", old, new))


def _change_cluster(context: Context, physical: str, old: dict, new: dict) -> None:
    context.client("rds").modify_db_cluster(DBClusterIdentifier=physical, **_changes("ModifyDBCluster", old, new))


def _final(context: Context) -> dict:
    name = f"{context.stack.name}-snapshot-{context.logical}-{uuid.uuid4().hex[:12]}".lower()
    return {"FinalDBSnapshotIdentifier": name} if context.leaves_snapshot else {"SkipFinalSnapshot": True}


def _delete_instance(context: Context, physical: str, _: dict) -> None:
    context.client("rds").delete_db_instance(DBInstanceIdentifier=physical, **_final(context))


def _delete_cluster(context: Context, physical: str, _: dict) -> None:
    """The handler looks first: https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-rds, DeleteHandler of dbcluster."""
    rds = context.client("rds")
    if rds.describe_db_clusters(DBClusterIdentifier=physical)["DBClusters"][0].get("DeletionProtection"):
        raise ResourceError(f"Cannot delete protected Cluster {physical}, please disable deletion protection and try again", "NotUpdatable")
    rds.delete_db_cluster(DBClusterIdentifier=physical, **_final(context))


HANDLERS = {
    "AWS::RDS::DBInstance": CallHandler(_instance, _delete_instance, _change_instance),
    "AWS::RDS::DBCluster": CallHandler(_cluster, _delete_cluster, _change_cluster),
}
