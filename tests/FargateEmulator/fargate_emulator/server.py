"""The server: each request to the emulator's own service, or on to moto."""
import contextlib
import io
import logging
import re
import socketserver
import threading
import urllib.parse

from . import starting  # noqa: F401  Before what it is about.

from moto.moto_api._internal.models import moto_api_backend
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from . import cloudfront, control, moto_patches, protocol, targets
from .emulator import OWN_KEY, Emulator
from .errors import AwsError

LOG = logging.getLogger("emulator")
SCOPE = re.compile(r"Credential=([^/]+)/\d+/([^/]+)/([^/]+)/aws4_request")
HOSTED = re.compile(r"^(?P<bucket>.+)\.(?P<host>(?:localhost|127\.0\.0\.1)(?::\d+)?)$")


class _Moto(DomainDispatcherApplication):
    """moto, which would look through its own folders at each request to find out whose it is."""

    def __init__(self) -> None:
        super().__init__(create_backend_app)
        self._backends: dict[str | None, object] = {}

    def get_backend_for_host(self, host: str | None) -> object:
        if host not in self._backends:
            self._backends[host] = super().get_backend_for_host(host)
        return self._backends[host]


class Application:
    def __init__(self, emulator: Emulator):
        self.emulator = emulator
        self._moto = _Moto()
        # moto looks through all that it has to find one thing, and fails where another request makes or deletes one meanwhile.
        self._alone = threading.RLock()

    def __call__(self, environ: dict, start_response):
        request = Request(environ)
        if request.path == "/emulator" or request.path.startswith("/emulator/"):
            response = control.answer(self.emulator, request)
            if request.path == "/emulator/reset" and request.method == "POST":
                with self._alone:
                    moto_api_backend.reset()
            return response(environ, start_response)
        key, region, service = self._scope(request)
        if service != "s3":
            # Read here, and read again by moto.
            environ["wsgi.input"] = io.BytesIO(request.get_data())
        answer = self._own(request, key, region, service)
        if answer is not None:
            return answer(environ, start_response)
        self._path_style(environ, service)
        return self._forward(environ, start_response, service)

    @staticmethod
    def _scope(request: Request) -> tuple[str, str, str]:
        """The access key, region and service that a request is signed for; S3 where it is not signed."""
        text = request.headers.get("Authorization", "") or "Credential=" + request.args.get("X-Amz-Credential", "")
        found = SCOPE.search(urllib.parse.unquote(text))
        return (found.group(1), found.group(2), found.group(3)) if found else ("", "us-east-1", "s3")

    def _own(self, request: Request, key: str, region: str, service: str) -> Response | None:
        """The emulator's own answer, or none where moto has it."""
        query = service in ("cloudformation", "elasticloadbalancing", "rds")
        failed = cloudfront.error if service == "cloudfront" else protocol.query_error if query else protocol.json_error
        try:
            if service == "cloudfront":
                operation, parameters = cloudfront.request_of(request)
                self._record(key, service, operation, parameters)
                return cloudfront.create_invalidation(self.emulator, parameters)
            if query:
                model = "elbv2" if service == "elasticloadbalancing" else service
                operation, parameters = protocol.query_request(request, model)
                self._record(key, service, operation, parameters)
                if service == "rds":
                    protocol.refuse_unknown(request, model)
                if service == "cloudformation":
                    return protocol.query_response(model, operation, self.emulator.cloudformation.call(operation, region, parameters))
                if operation == "DescribeTargetHealth":
                    return protocol.query_response(model, operation, targets.describe_target_health(self.emulator, region, parameters))
            elif request.headers.get("X-Amz-Target"):
                operation, parameters = protocol.json_request(request)
                self._record(key, service, operation, parameters)
                if service == "ecs":
                    return protocol.json_response(self.emulator.ecs.call(operation, region, parameters))
                if service == "ecr" and self.emulator.ecr.handles(operation):
                    return protocol.json_response(self.emulator.ecr.call(operation, region, parameters))
            else:
                form = request.form if service != "s3" else {}
                where = {"path": request.path, "query": request.query_string.decode(), "owner": request.headers.get("x-amz-expected-bucket-owner")}
                self._record(key, service, form.get("Action", request.method), form.to_dict() if form else where)
            return None
        except AwsError as error:
            if error.code == "InvalidAction":
                LOG.error("%s: %s", service, error.message)
            return failed(error)
        except Exception as error:
            LOG.exception("%s %s", service, request.headers.get("X-Amz-Target", request.path))
            return failed(AwsError("InternalFailure", f"The emulator failed: {error!r}", 500))

    def _record(self, key: str, service: str, operation: str, parameters: dict) -> None:
        if key != OWN_KEY:
            self.emulator.calls.add(key, service, operation, parameters)

    @staticmethod
    def _path_style(environ: dict, service: str) -> None:
        """bucket.127.0.0.1/key as 127.0.0.1/bucket/key."""
        hosted = HOSTED.match(environ.get("HTTP_HOST", "")) if service == "s3" else None
        if hosted:
            environ["HTTP_HOST"] = hosted.group("host")
            environ["PATH_INFO"] = f"/{hosted.group('bucket')}{environ['PATH_INFO']}"
            environ["RAW_URI"] = environ["REQUEST_URI"] = f"/{hosted.group('bucket')}{environ.get('REQUEST_URI', environ['PATH_INFO'])}"

    def _forward(self, environ: dict, start_response, service: str):
        # Who waits for a queue's messages waits for who sends them, and a body may come slowly.
        with contextlib.nullcontext() if service in ("s3", "sqs") else self._alone:
            return self._ask_moto(environ, start_response, service)

    def _ask_moto(self, environ: dict, start_response, service: str):
        shown = {}

        def start(status: str, headers: list, exc_info=None):
            shown["status"], shown["headers"] = status, headers

        if service not in ("ecr", "elasticloadbalancing"):
            def checked(status: str, headers: list, exc_info=None):
                if status.startswith("5"):
                    LOG.error("moto answered %s to %s %s of %s", status, environ["REQUEST_METHOD"], environ.get("HTTP_X_AMZ_TARGET", environ["PATH_INFO"]), service)
                return start_response(status, headers)
            return self._moto(environ, checked)
        body = b"".join(self._moto(environ, start))
        if service == "ecr":
            body = self.emulator.ecr.rewritten(body)
        elif self.emulator.settings.load_balancer:
            body = re.sub(rb"<DNSName>[^<]*</DNSName>", f"<DNSName>{self.emulator.settings.load_balancer}</DNSName>".encode(), body)
        headers = [(name, value) for name, value in shown["headers"] if name.lower() != "content-length"] + [("Content-Length", str(len(body)))]
        start_response(shown["status"], headers)
        return [body]


class _Handler(WSGIRequestHandler):
    """Answers as HTTP/1.1, without a delay for small packets, and writes no line a request. Werkzeug closes each connection."""
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_request(self, *_) -> None:
        pass


def serve(host: str, port: int, registry: str | None) -> None:
    emulator = Emulator(registry)
    socketserver.TCPServer.request_queue_size = 128
    emulator.application = Application(emulator)
    server = make_server(host, port, emulator.application, threaded=True, request_handler=_Handler)
    server.daemon_threads = True
    emulator.url = f"http://{host}:{server.server_port}"
    moto_patches.apply(emulator)
    threading.Thread(target=emulator.warm, args=("us-east-1",), daemon=True).start()
    print(emulator.url, flush=True)
    server.serve_forever()
