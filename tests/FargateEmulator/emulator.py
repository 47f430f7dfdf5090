#!/usr/bin/env python3
"""Runs the emulator: `python3 emulator.py -H 127.0.0.1 -p 0`. The first line it prints is its address, once it answers."""
import argparse
import logging
import os
import sys

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="An emulator of AWS for tests that deploy to Amazon ECS on Fargate.")
    parser.add_argument("-H", "--host", default="127.0.0.1")
    parser.add_argument("-p", "--port", type=int, default=0, help="0 for a free one")
    parser.add_argument("--registry", help="host:port of a registry (docker-registry, with delete enabled) that ECR's repositories are in")
    options = parser.parse_args()
    sys.dont_write_bytecode = True
    # Own requests go straight to the own server, and never to what a person's configuration names.
    for name in [name for name in os.environ if name.startswith("AWS_") or name.lower() in ("http_proxy", "https_proxy", "all_proxy")]:
        del os.environ[name]
    os.environ.update(AWS_CONFIG_FILE=os.devnull, AWS_SHARED_CREDENTIALS_FILE=os.devnull, AWS_EC2_METADATA_DISABLED="true", MOTO_ALLOW_NONEXISTENT_REGION="true")
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    from fargate_emulator.server import serve
    serve(options.host, options.port, options.registry)
