"""What CloudFormation takes into a stack although it did not make it: its physical id and attributes, by its identifier."""
from botocore.exceptions import ClientError

from ..errors import validation


def _repository(client, identifier: dict) -> tuple[str, dict]:
    item = client("ecr").describe_repositories(repositoryNames=[identifier["RepositoryName"]])["repositories"][0]
    return item["repositoryName"], {"Arn": item["repositoryArn"], "RepositoryUri": item["repositoryUri"]}


def _secret(client, identifier: dict) -> tuple[str, dict]:
    item = client("secretsmanager").describe_secret(SecretId=identifier["Id"])
    if item.get("DeletedDate"):
        raise validation("You can't perform this operation on the secret because it was marked for deletion.")
    return item["ARN"], {"Id": item["ARN"]}


def _queue(client, identifier: dict) -> tuple[str, dict]:
    url = identifier["QueueUrl"]
    arn = client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    return url, {"Arn": arn, "QueueName": arn.rpartition(":")[2], "QueueUrl": url}


def _bucket(client, identifier: dict) -> tuple[str, dict]:
    name = identifier["BucketName"]
    client("s3").head_bucket(Bucket=name)
    return name, {"Arn": f"arn:aws:s3:::{name}", "DomainName": f"{name}.s3.amazonaws.com"}


def _file_system(client, identifier: dict) -> tuple[str, dict]:
    item = client("efs").describe_file_systems(FileSystemId=identifier["FileSystemId"])["FileSystems"][0]
    return item["FileSystemId"], {"FileSystemId": item["FileSystemId"], "Arn": item["FileSystemArn"]}


def _table(client, identifier: dict) -> tuple[str, dict]:
    item = client("dynamodb").describe_table(TableName=identifier["TableName"])["Table"]
    return item["TableName"], {"Arn": item["TableArn"]}


def _log_group(client, identifier: dict) -> tuple[str, dict]:
    name = identifier["LogGroupName"]
    groups = [item for item in client("logs").describe_log_groups(logGroupNamePrefix=name)["logGroups"] if item["logGroupName"] == name]
    if not groups:
        raise validation(f"The log group {name} does not exist.")
    return name, {"Arn": groups[0]["arn"]}


_FINDERS = {"AWS::DynamoDB::Table": _table, "AWS::EFS::FileSystem": _file_system, "AWS::Logs::LogGroup": _log_group,
            "AWS::ECR::Repository": _repository, "AWS::SecretsManager::Secret": _secret, "AWS::SQS::Queue": _queue, "AWS::S3::Bucket": _bucket}


def known(resource_type: str) -> bool:
    return resource_type in _FINDERS


def find(emulator, region: str, resource_type: str, identifier: dict) -> tuple[str, dict]:
    try:
        return _FINDERS[resource_type](lambda service: emulator.client(service, region), identifier)
    except ClientError as error:
        raise validation(f"Resource of type '{resource_type}' with identifier '{identifier}' was not found: {error.response['Error'].get('Message')}") from error
