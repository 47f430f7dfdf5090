"""The AWS CLI, kept running: a line of JSON with arguments comes in, a line with the exit code and what was printed goes out.

A start of the CLI takes a second of a processor; tests call it some hundred times.
"""

import contextlib
import io
import json
import sys

from awscli.clidriver import create_clidriver


def run(driver, arguments):
    output, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
        try:
            code = driver.main(arguments)
        except SystemExit as exit:
            code = exit.code
    return {"code": code, "output": output.getvalue(), "errors": errors.getvalue()}


def main():
    answers = sys.stdout
    driver = create_clidriver()
    for line in sys.stdin:
        answers.write(json.dumps(run(driver, json.loads(line))) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
