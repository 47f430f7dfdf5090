#!/bin/sh
# Takes the pictures in docs/images anew: of the reference application in Aspire's dashboard, with its stack deployed to an emulator of AWS.
# It wants Chromium (apt-get install chromium) and moto (pip install 'moto[server]==5.2.1').
set -e
cd "$(dirname "$0")/.."
dotnet run --project tests/EndToEnd -p:Screenshots=true -- -class EndToEnd.Dashboard.Screenshots
