"""The error that an operation answers with."""


class AwsError(Exception):
    """What a caller gets instead of an answer: a code and a message, as AWS words them."""

    def __init__(self, code: str, message: str, status: int = 400):
        super().__init__(message)
        self.code, self.message, self.status = code, message, status


def validation(message: str) -> AwsError:
    """CloudFormation's answer to nearly everything that is wrong with a request."""
    return AwsError("ValidationError", message)
