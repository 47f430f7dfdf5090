#!/usr/bin/env bash
# Images of what the sample's containers name, made of Debian's packages, so that none is downloaded from a registry of images.
# make.sh NAME=IMAGE …: each program of this folder (postgres, redis, rabbitmq, node) and the image that it is to be.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if ! docker image inspect sample-debian >/dev/null 2>&1; then
    # From where, and with which keys, this machine has its own packages.
    cat /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null >"$work/sources" || true
    mmdebstrap --quiet --mode=auto --variant=essential --aptopt='APT::Install-Recommends "false"' --dpkgopt=force-unsafe-io \
        --include=postgresql,redis-server,rabbitmq-server,nodejs,procps "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$work/debian.tar" "$work/sources"
    docker import "$work/debian.tar" sample-debian >/dev/null
fi

for pair in "$@"; do
    mkdir -p "$work/${pair%%=*}"
    cp "${pair%%=*}" "$work/${pair%%=*}/program"
    chmod 755 "$work/${pair%%=*}/program"
    printf 'FROM sample-debian\nCOPY program /usr/local/bin/program\nENTRYPOINT ["/usr/local/bin/program"]\n' >"$work/${pair%%=*}/Dockerfile"
    docker build --quiet --tag "${pair#*=}" "$work/${pair%%=*}" >/dev/null
done
