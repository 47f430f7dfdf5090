"""What CloudFormation checks of a change set before it can be executed, and says in DescribeEvents alone:
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/validate-stack-deployments.html."""
import json
import uuid

from ..protocol import now
from . import schemas

REFUSED = "The following hook(s)/validation failed: [{}]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information."


def findings(emulator, stack, change_set, plan) -> list[dict]:
    """Properties that the schema of a type does not have, or that it misses, of what is added or changed; and what a test has scripted."""
    found = []
    for change in plan.changes:
        item = change["ResourceChange"]
        logical, kind = item["LogicalResourceId"], item["ResourceType"]
        if item["Action"] == "Remove" or not schemas.known(kind):
            continue
        properties = json.loads(item["AfterContext"])["Properties"]
        for name in sorted(properties.keys() - schemas.properties(kind)):
            found.append(_event(stack, logical, kind, f"/Resources/{logical}/Properties/{name}", f"#: extraneous key [{name}] is not permitted"))
        for name in sorted(schemas.required(kind) - properties.keys()):
            found.append(_event(stack, logical, kind, f"/Resources/{logical}/Properties", f"#: required key [{name}] not found"))
    known = {change["ResourceChange"]["LogicalResourceId"]: change["ResourceChange"]["ResourceType"] for change in plan.changes}
    for rule in emulator.faults.validations(stack.name, known.keys()):
        found.append(_event(stack, rule["logicalId"], known[rule["logicalId"]], rule.get("path", f"/Resources/{rule['logicalId']}"), rule["reason"],
                            rule.get("name", "AWS::EarlyValidation::ResourceExistenceCheck"), rule.get("mode", "FAIL")))
    return found


def _event(stack, logical, kind, path, reason, name="AWS::EarlyValidation::PropertyValidation", mode="FAIL") -> dict:
    return {"EventId": str(uuid.uuid4()), "StackId": stack.id, "OperationType": "CREATE_CHANGESET", "OperationStatus": "FAILED", "EventType": "VALIDATION_ERROR",
            "LogicalResourceId": logical, "ResourceType": kind, "Timestamp": now(), "ValidationFailureMode": mode, "ValidationName": name, "ValidationStatus": "FAILED",
            "ValidationStatusReason": reason, "ValidationPath": path}
