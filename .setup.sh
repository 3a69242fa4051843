# Sourced by run, test and bench: brings this machine to where carebook can start. The second time it only looks.
#
# Wants $root, the folder of the project. `set_up PACKAGE...` installs what is missing of the named Debian packages, makes
# $root/.venv from requirements.lock, and sets $python. It needs the network only while something is missing.

# WANTED=PACKAGE: any package that provides WANTED will do; where none is there, PACKAGE is installed.
offscreen_packages="libgl1 libegl1 libglib2.0-0 libfontconfig1 libdbus-1-3 libxkbcommon0"
window_packages="libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0 libx11-xcb1 libbrotli1"
keyring_packages="dbus dbus-session-bus=dbus-x11 gnome-keyring"
test_packages="postgresql poppler-utils qpdf java-sdk-headless=default-jdk-headless xvfb openbox xdotool at-spi2-core libsqlite3-0"

say() {
    printf '%s\n' "$*" >&2
}

give_up() {
    say "$*"
    exit 1
}

case $(uname -s) in
    MINGW* | MSYS* | CYGWIN*) python="$root/.venv/Scripts/python.exe" ;;
    *) python="$root/.venv/bin/python" ;;
esac
stamp="$root/.venv/made-from"

# What the environment must have been made from: the lock file's digest and the version of its own Python.
wanted_stamp() {
    digest=$(sha256sum <"$root/requirements.lock" 2>/dev/null || shasum -a 256 <"$root/requirements.lock")
    version=$("$python" -I -S -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || return 1
    printf '%s python %s\n' "${digest%% *}" "$version"
}

is_made() {
    [ -f "$stamp" ] && wanted=$(wanted_stamp) && [ "$wanted" = "$(cat "$stamp")" ]
}

# A Python that can make an environment: 3.11 or later, with venv and ensurepip (Debian ships those apart).
find_python() {
    for maker in ${PYTHON:+"$PYTHON"} python3 python3.13 python3.12 python3.11 python; do
        if "$maker" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            return 0
        fi
    done
    return 1
}

# Leaves in $missing those of the named packages that are not installed, under their own name or as provided by another.
find_missing() {
    missing=""
    command -v dpkg-query >/dev/null 2>&1 || return 0
    # shellcheck disable=SC2016  # the fields are dpkg-query's
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package} ${Provides}\n' | sed -n 's/^installed //p' | tr ',\n' '  ')
    for package in "$@"; do
        case " $installed " in
            *" ${package%%=*} "*) ;;
            *) missing="$missing ${package##*=}" ;;
        esac
    done
}

# A database server is wanted for its programs only: while it is installed, Debian is told to make no cluster of its own. What
# an installation that was cut off left unfinished is finished first.
install_lines='set -e
mine=/etc/postgresql-common/createcluster.d/carebook-test.conf
trap "rm -f $mine" EXIT
mkdir -p /etc/postgresql-common/createcluster.d
echo "create_main_cluster = false" >$mine
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
waits=0
until said=$(dpkg --force-confdef --force-confold --configure -a 2>&1); do
    case $said in *"locked by another process"*) ;; *) echo "$said" && break ;; esac
    waits=$((waits + 1))
    [ "$waits" -lt 300 ] || break
    sleep 2
done
apt-get -q -o DPkg::Lock::Timeout=600 update || echo "The list of packages could not be refreshed; going on with the one that is here."
apt-get -q -y -o DPkg::Lock::Timeout=600 -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold \
    install --no-install-recommends "$@"'

install_missing() {
    log="$root/.setup/packages.log"
    mkdir -p "$root/.setup"
    if [ "$(id -u)" = 0 ]; then
        as_root=""
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root="sudo -n"
    else
        say "Some system packages are missing, and only the administrator can install them. Run this line, then start again:"
        as_administrator="su -c"
        ! command -v sudo >/dev/null 2>&1 || as_administrator="sudo sh -c"
        give_up "    $as_administrator 'apt-get update && apt-get install -y --no-install-recommends$missing'"
    fi
    say "Installing system packages:$missing"
    # shellcheck disable=SC2086  # one word each
    $as_root sh -c "$install_lines" install $missing >"$log" 2>&1 </dev/null && return 0
    tail -n 15 "$log" >&2
    give_up "The system packages could not be installed. The whole account is in .setup/packages.log."
}

# Two set-ups at once: the second waits here, then finds the work done. The lock goes with the last process that holds 9.
lock_set_up() {
    mkdir -p "$root/.setup"
    exec 9>"$root/.setup/lock"
    "$maker" -c '
import sys
try:
    import fcntl
except ImportError:
    sys.exit()
try:
    fcntl.flock(9, fcntl.LOCK_EX | fcntl.LOCK_NB)
except OSError:
    print("Another set-up is under way here; waiting for it.", file=sys.stderr)
    fcntl.flock(9, fcntl.LOCK_EX)'
}

# The stamp goes first and comes last, so that an environment cut off half way is made again from nothing. A whole one, of
# the same Python, is brought up to the lock file as it stands: programs that run from it go on.
make_environment() {
    say "Setting up the Python libraries; the first time this takes about a minute."
    had=$(cat "$stamp" 2>/dev/null) || had=""
    rm -f "$stamp"
    wanted=$(wanted_stamp) || wanted=""
    if [ -z "$had" ] || [ "${had#* }" != "${wanted#* }" ]; then
        rm -rf "$root/.venv"
        "$maker" -m venv "$root/.venv"
    fi
    "$python" -m pip --disable-pip-version-check --no-input install --quiet --no-deps --only-binary :all: --require-hashes \
        -r "$root/requirements.lock" || give_up "The Python libraries could not be installed; the reason is above."
    surplus=$(list_surplus)
    # shellcheck disable=SC2086  # one word each
    [ -z "$surplus" ] || "$python" -m pip --disable-pip-version-check uninstall --quiet --yes $surplus
    wanted_stamp >"$stamp.new"
    mv "$stamp.new" "$stamp"
}

# Libraries that are installed and that the lock file does not name.
list_surplus() {
    "$python" -I -c '
import re, sys
from importlib.metadata import distributions
def plain(name): return re.sub("[-_.]+", "-", name).lower()
kept = {plain(name) for name in re.findall(r"^([\w.-]+)", open(sys.argv[1]).read(), re.MULTILINE)}
print(*{plain(d.name) for d in distributions()} - kept - {"pip", "setuptools"})' "$root/requirements.lock"
}

set_up() {
    if is_made; then
        find_missing "$@"
    elif find_python; then
        find_missing "$@" ca-certificates
    else
        find_missing "$@" ca-certificates python3 python3-venv
    fi
    [ -z "$missing" ] || install_missing
    is_made && return 0
    find_python || give_up "carebook needs Python 3.11 or later, with venv. Install it, then start again."
    lock_set_up
    is_made || make_environment
    exec 9>&-
}
