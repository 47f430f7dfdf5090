"""The control endpoint, /emulator/…: what a test sets and asks."""
import json

from werkzeug.wrappers import Request, Response

from . import provided


def answer(emulator, request: Request) -> Response:
    path = request.path.removeprefix("/emulator").strip("/")
    body = json.loads(request.get_data() or b"{}")
    try:
        result = _do(emulator, request.method, path, body)
    except (KeyError, TypeError, ValueError) as error:
        return _json({"error": f"{request.method} /emulator/{path}: {error!r}"}, 400)
    return _json(result) if result is not None else _json({"error": f"There is no {request.method} /emulator/{path}."}, 404)


def _do(emulator, method: str, path: str, body: dict):
    faults = emulator.faults
    match method, path:
        case "GET", "" | "health":
            return {"status": "running"}
        case "POST", "reset":
            emulator.reset()
            return {}
        case "POST", "settings":
            emulator.settings.update(body)
            return vars(emulator.settings)
        case "POST", "provide":
            provided.provide(body)
            return {}
        case "POST", "tasks/fail":
            return {"id": faults.add_task(body)}
        case "POST", "resources/fail" | "resources/delay" | "resources/hold" | "resources/refuse":
            return {"id": faults.add_resource(path.rpartition("/")[2], {"logicalId": body["logicalId"], **body})}
        case "POST", "resources/release":
            faults.release(body.get("logicalId"))
            return {}
        case "DELETE", "rules":
            faults.remove(body.get("id"))
            return {}
        case "GET", "calls":
            return emulator.calls.all()
        case "DELETE", "calls":
            emulator.calls.clear()
            return {}
    return None


def _json(value, status: int = 200) -> Response:
    return Response(json.dumps(value), status=status, content_type="application/json")
