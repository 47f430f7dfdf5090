"""What holds data: repositories, secrets, queues, buckets; in moto."""
import json

from botocore.exceptions import ClientError

from ..protocol import request_from
from .base import Context, ResourceError
from .simple import CallHandler


def _tags(context: Context, properties: dict, key: str = "Key", value: str = "Value") -> list[dict]:
    return [{key: name, value: text} for name, text in context.all_tags(properties).items()]


# ------------------------------------------------------------------------------------------------------ ECR
def _repository(context: Context, properties: dict) -> tuple[str, dict]:
    name = properties.get("RepositoryName") or context.name(lower=True)
    request = request_from("ecr", "CreateRepository", {key: properties[key] for key in ("ImageTagMutability", "ImageScanningConfiguration", "EncryptionConfiguration") if key in properties})
    item = context.client("ecr").create_repository(repositoryName=name, tags=_tags(context, properties), **request)["repository"]
    _change_repository(context, name, {}, properties)
    return name, {"Arn": item["repositoryArn"], "RepositoryUri": item["repositoryUri"]}


def _change_repository(context: Context, physical: str, old: dict, new: dict) -> None:
    client = context.client("ecr")
    policy = new.get("LifecyclePolicy", {}).get("LifecyclePolicyText")
    if policy:
        # moto's check of a rule is older than tagPatternList.
        try:
            client.put_lifecycle_policy(repositoryName=physical, lifecyclePolicyText=policy)
        except ClientError as error:
            if "tagPatternList" not in policy:
                raise ResourceError(error.response["Error"]["Message"], "InvalidRequest") from error
    if old and new.get("ImageTagMutability") != old.get("ImageTagMutability"):
        client.put_image_tag_mutability(repositoryName=physical, imageTagMutability=new.get("ImageTagMutability", "MUTABLE"))


def _delete_repository(context: Context, physical: str, properties: dict) -> None:
    force = str(properties.get("EmptyOnDelete", "")).lower() == "true"
    context.client("ecr").delete_repository(repositoryName=physical, force=force)


# -------------------------------------------------------------------------------------------------- secrets
def _secret_value(context: Context, properties: dict) -> dict:
    if "SecretString" in properties:
        return {"SecretString": properties["SecretString"]}
    generate = properties.get("GenerateSecretString")
    if generate is None:
        return {}
    plain = {key: value for key, value in generate.items() if key not in ("SecretStringTemplate", "GenerateStringKey")}
    password = context.client("secretsmanager").get_random_password(**request_from("secretsmanager", "GetRandomPassword", plain))["RandomPassword"]
    if "GenerateStringKey" in generate:
        password = json.dumps({**json.loads(generate["SecretStringTemplate"]), generate["GenerateStringKey"]: password})
    return {"SecretString": password}


def _secret(context: Context, properties: dict) -> tuple[str, dict]:
    request = request_from("secretsmanager", "CreateSecret", {key: properties[key] for key in ("Description", "KmsKeyId") if key in properties})
    name = properties.get("Name") or context.name()
    arn = context.client("secretsmanager").create_secret(Name=name, Tags=_tags(context, properties), **request, **_secret_value(context, properties))["ARN"]
    return arn, {"Id": arn}


def _change_secret(context: Context, physical: str, old: dict, new: dict) -> None:
    request = {key: new[key] for key in ("Description", "KmsKeyId") if key in new}
    if new.get("SecretString") != old.get("SecretString") or new.get("GenerateSecretString") != old.get("GenerateSecretString"):
        request |= _secret_value(context, new)
    if request:
        context.client("secretsmanager").update_secret(SecretId=physical, **request)


# --------------------------------------------------------------------------------------------------- queues
_QUEUE_ATTRIBUTES = ("DelaySeconds", "MaximumMessageSize", "MessageRetentionPeriod", "ReceiveMessageWaitTimeSeconds", "VisibilityTimeout",
                     "KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "FifoQueue", "ContentBasedDeduplication", "DeduplicationScope",
                     "FifoThroughputLimit", "RedrivePolicy", "RedriveAllowPolicy", "SqsManagedSseEnabled")


def _queue_attributes(properties: dict) -> dict[str, str]:
    """As SQS takes them, all text."""
    def text(value) -> str:
        return json.dumps(value) if isinstance(value, dict) else str(value).lower() if isinstance(value, bool) else str(value)

    return {name: text(properties[name]) for name in _QUEUE_ATTRIBUTES if name in properties}


def _queue(context: Context, properties: dict) -> tuple[str, dict]:
    client, name = context.client("sqs"), properties.get("QueueName") or context.name(80)
    url = client.create_queue(QueueName=name, Attributes=_queue_attributes(properties), tags=context.all_tags(properties))["QueueUrl"]
    arn = client.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    return url, {"Arn": arn, "QueueName": name, "QueueUrl": url}


def _queue_policy(context: Context, properties: dict) -> tuple[str, dict]:
    for url in properties["Queues"]:
        context.client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps(properties["PolicyDocument"])})
    name = context.name()
    return name, {"Id": name}


def _change_queue_policy(context: Context, physical: str, old: dict, new: dict) -> None:
    _queue_policy(context, new)


def _delete_queue_policy(context: Context, physical: str, properties: dict) -> None:
    for url in properties["Queues"]:
        context.client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": ""})


# -------------------------------------------------------------------------------------------------- buckets
def _bucket(context: Context, properties: dict) -> tuple[str, dict]:
    name, client = properties.get("BucketName") or context.name(63, lower=True), context.client("s3")
    if any(item["Name"] == name for item in client.list_buckets()["Buckets"]):
        raise ResourceError(f"{name} already exists", "AlreadyExists")
    place = {} if context.region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": context.region}}
    client.create_bucket(Bucket=name, **place)
    client.put_bucket_tagging(Bucket=name, Tagging={"TagSet": [tag for tag in _tags(context, properties) if not tag["Key"].startswith("aws:")]}) if context.all_tags(properties).keys() - {"aws:cloudformation:stack-name", "aws:cloudformation:stack-id", "aws:cloudformation:logical-id"} else None
    if properties.get("VersioningConfiguration"):
        client.put_bucket_versioning(Bucket=name, VersioningConfiguration=properties["VersioningConfiguration"])
    return name, {"Arn": f"arn:aws:s3:::{name}", "DomainName": f"{name}.s3.amazonaws.com", "RegionalDomainName": f"{name}.s3.{context.region}.amazonaws.com"}


def _bucket_policy(context: Context, properties: dict) -> tuple[str, dict]:
    context.client("s3").put_bucket_policy(Bucket=properties["Bucket"], Policy=json.dumps(properties["PolicyDocument"]))
    return properties["Bucket"], {}


# --------------------------------------------------------------------------------------------- file systems
def _file_system(context: Context, properties: dict) -> tuple[str, dict]:
    tags = context.all_tags({"Tags": properties.get("FileSystemTags", [])})
    item = context.client("efs").create_file_system(CreationToken=context.name(64), Encrypted=str(properties.get("Encrypted", False)).lower() == "true",
                                                    Tags=[{"Key": name, "Value": text} for name, text in tags.items()])
    return item["FileSystemId"], {"FileSystemId": item["FileSystemId"], "Arn": item["FileSystemArn"]}


# --------------------------------------------------------------------------------------------------- tables
_TABLE = ("AttributeDefinitions", "KeySchema", "BillingMode", "GlobalSecondaryIndexes")


def _table(context: Context, properties: dict) -> tuple[str, dict]:
    client, name = context.client("dynamodb"), properties.get("TableName") or context.name(255)
    tags = [{"Key": key, "Value": value} for key, value in context.all_tags(properties).items()]
    made = client.create_table(TableName=name, Tags=tags, **{key: properties[key] for key in _TABLE if key in properties})["TableDescription"]
    _table_settings(client, name, properties)
    return name, {"Arn": made["TableArn"]}


def _table_settings(client, name: str, properties: dict) -> None:
    recovery = properties.get("PointInTimeRecoverySpecification", {}).get("PointInTimeRecoveryEnabled", False)
    client.update_continuous_backups(TableName=name, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": str(recovery).lower() == "true"})
    if expiry := properties.get("TimeToLiveSpecification"):
        client.update_time_to_live(TableName=name, TimeToLiveSpecification={"AttributeName": expiry["AttributeName"], "Enabled": str(expiry["Enabled"]).lower() == "true"})


def _change_table(context: Context, physical: str, old: dict, new: dict) -> None:
    client = context.client("dynamodb")
    before, after = ({item["IndexName"]: item for item in properties.get("GlobalSecondaryIndexes", [])} for properties in (old, new))
    for name in before.keys() - after.keys():
        client.update_table(TableName=physical, GlobalSecondaryIndexUpdates=[{"Delete": {"IndexName": name}}])
    for name in after.keys() - before.keys():
        client.update_table(TableName=physical, AttributeDefinitions=new["AttributeDefinitions"], GlobalSecondaryIndexUpdates=[{"Create": after[name]}])
    _table_settings(client, physical, new)


HANDLERS = {
    "AWS::DynamoDB::Table": CallHandler(_table, lambda context, physical, _: context.client("dynamodb").delete_table(TableName=physical), _change_table),
    "AWS::EFS::FileSystem": CallHandler(_file_system, lambda context, physical, _: context.client("efs").delete_file_system(FileSystemId=physical)),
    "AWS::ECR::Repository": CallHandler(_repository, _delete_repository, _change_repository),
    "AWS::SecretsManager::Secret": CallHandler(
        _secret, lambda context, physical, _: context.client("secretsmanager").delete_secret(SecretId=physical, ForceDeleteWithoutRecovery=True), _change_secret),
    "AWS::SQS::Queue": CallHandler(_queue, lambda context, physical, _: context.client("sqs").delete_queue(QueueUrl=physical),
                                   lambda context, physical, old, new: (context.client("sqs").set_queue_attributes(QueueUrl=physical, Attributes=_queue_attributes(new)), None)[1]),
    "AWS::SQS::QueuePolicy": CallHandler(_queue_policy, _delete_queue_policy, _change_queue_policy),
    "AWS::S3::Bucket": CallHandler(_bucket, lambda context, physical, _: context.client("s3").delete_bucket(Bucket=physical)),
    "AWS::S3::BucketPolicy": CallHandler(_bucket_policy, lambda context, physical, _: context.client("s3").delete_bucket_policy(Bucket=physical),
                                         lambda context, physical, old, new: (_bucket_policy(context, new), None)[1]),
}
