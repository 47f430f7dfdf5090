# Ends what an AppHost started, should the AppHost die without doing so. It runs in a session of its own and is told on its
# standard input, a line at a time:
#   add TARGET               a process id, or a process group as a negative number
#   remove TARGET            the process is gone
#   containers PROGRAM LABEL  containers with this label were made through docker or podman
#   done                     all is stopped, nothing is left to do
# The end of the input without "done" means that the AppHost is gone: TERM to all, up to three seconds, then KILL.
trap '' INT QUIT TERM HUP
exec >/dev/null 2>&1

targets=
container_program=
container_label=
while read -r word first second; do
    case $word in
        add) targets="$targets $first" ;;
        remove)
            rest=
            for target in $targets; do
                [ "$target" = "$first" ] || rest="$rest $target"
            done
            targets=$rest ;;
        containers) container_program=$first container_label=$second ;;
        done) exit 0 ;;
    esac
done

for target in $targets; do
    kill -s TERM -- "$target"
done

if [ -n "$container_program" ]; then
    containers=$("$container_program" ps --all --quiet --filter "label=$container_label")
    {
        [ -z "$containers" ] || "$container_program" rm --force --volumes $containers
        "$container_program" network prune --force --filter "label=$container_label"
    } &
fi

tries=0
while [ $tries -lt 30 ]; do
    alive=
    for target in $targets; do
        kill -s 0 -- "$target" && alive=yes
    done
    [ -n "$alive" ] || break
    sleep 0.1 || sleep 1
    tries=$((tries + 1))
done

for target in $targets; do
    kill -s KILL -- "$target"
done
wait
