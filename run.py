"""Start Coderounds with nothing but Python: setup, demo, test and manage. Standard library only.

Old Pythons must be able to parse this file, so that it can tell them in a sentence what to do.
"""

import argparse
import contextlib
import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

if sys.version_info < (3, 11):  # noqa: UP036
    names = ["python3.14", "python3.13", "python3.12", "python3.11"]
    newer = [n for n in names if shutil.which(n) and not subprocess.call([n, "-c", ""], stderr=subprocess.DEVNULL)]
    here = "start it with " + newer[0] + " run.py" if newer else "install a newer one and start run.py with it"
    sys.exit("Coderounds needs Python 3.11 or newer; this is {}.{}. Please {}.".format(*sys.version_info[:2], here))
if os.name == "nt":
    sys.exit("On Windows, Coderounds runs inside WSL: open a WSL terminal and start run.py there.")

from config import environment, processes, stamps

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
MANAGE = [str(PYTHON), str(ROOT / "manage.py")]
REQUIRED, OPTIONAL = "requirements.txt", "requirements-codesets.txt"
# What decides whether the tables and the shipped content, or the static files, are up to date.
CONTENT = ["requirements.txt", "*/migrations/*.py", "*/management/commands/*.py", "codesets/**/*.py", "fixtures/**/*"]
STATIC = ["requirements.txt", "kit/storage.py", "*/static/**/*"]
Environment = dict[str, str]


class Stop(SystemExit):
    """A sentence for the person at the terminal; the command ends with it and exit code 1."""


def say(words: str, end: str = "\n") -> None:
    """Progress goes to stderr, so that stdout holds only what a command was asked for."""
    print(words, end=end, file=sys.stderr, flush=True)


@contextlib.contextmanager
def step(words: str) -> Iterator[None]:
    started = time.monotonic()
    say(f"{words} ... ", end="")
    try:
        yield
    except BaseException:
        say("stopped")
        raise
    say(f"{time.monotonic() - started:.1f} s")


def run_quietly(command: list[str], env: Environment, otherwise: str) -> str:
    """Run to the end and give back what was printed; when it fails, show the last lines and say `otherwise`."""
    done = subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        raise Stop("\n".join([*last_lines(done.stderr or done.stdout), otherwise]))
    return done.stdout


def last_lines(text: str) -> list[str]:
    """Without the body of a trace: what went wrong stands in its last lines."""
    return [line for line in text.splitlines() if line.strip() and not line.startswith((" ", "Traceback"))][-12:]


def manage(words: list[str], env: Environment) -> str:
    return run_quietly([*MANAGE, *words], env, f"`manage.py {' '.join(words)}` failed, see above.")


def prepare_python(env: Environment) -> None:
    """Make .venv and install the packages, when the list of packages or the Python below .venv is another one."""
    var_dir(env).mkdir(parents=True, exist_ok=True)
    tempfile.TemporaryFile(dir=var_dir(env)).close()  # a folder that may not be written to says so here
    if PYTHON.exists() and stamps.has_stamp(VENV, "packages", wanted_packages()):
        return
    uv = shutil.which("uv", path=env.get("PATH"))
    has_pip = [str(PYTHON), "-m", "pip", "--version"]
    if not PYTHON.exists() or not (uv or subprocess.run(has_pip, env=env, capture_output=True).returncode == 0):
        make_venv(uv, env)
    pip = [uv, "pip", "install", "--python", str(PYTHON)] if uv else [str(PYTHON), "-m", "pip", "install", "-q"]
    with step(f"Installing the packages into {VENV}"):
        otherwise = "The packages could not be installed: check the network and the lines above, then run this again."
        run_quietly([*pip, "--require-hashes", "-r", str(ROOT / REQUIRED)], env, otherwise)
    install_optional([*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / OPTIONAL)], env)
    stamps.set_stamp(VENV, "packages", wanted_packages())


def install_optional(command: list[str], env: Environment) -> None:
    """The groupers have native parts: where none is made for this machine, everything else works without them."""
    with step("Installing the groupers"):
        done = subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True)
    if done.returncode:
        say("The groupers could not be installed here: MS-DRG and HCC are left out, everything else works.")


def wanted_packages() -> str:
    return stamps.fingerprint(ROOT, [REQUIRED, OPTIONAL], os.path.realpath(PYTHON))


def make_venv(uv: "str | None", env: Environment) -> None:
    if not uv and not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
        package = "python{}.{}-venv".format(*sys.version_info[:2])
        raise Stop(
            "This Python cannot make a virtual environment, its venv module is missing. On Debian or Ubuntu run "
            f"`apt install {package}` as root, elsewhere install uv or a Python from python.org; then run this again."
        )
    maker = [uv, "venv", "--clear", "--python", sys.executable] if uv else [sys.executable, "-m", "venv", "--clear"]
    with step(f"Making the virtual environment {VENV}"):
        run_quietly([*maker, str(VENV)], env, "The virtual environment could not be made; the lines above say why.")


def has_content(part: str, env: Environment) -> bool:
    """Another database is asked every time: a stamp in our folder cannot know what happened to it."""
    if env.get("DATABASE_URL") or not (var_dir(env) / "db.sqlite3").exists():
        return False
    return stamps.has_stamp(var_dir(env), part, stamps.fingerprint(ROOT, CONTENT))


def prepare_first(env: Environment) -> None:
    """The tables, ICD-10-CM and one track: enough to serve the first page."""
    if has_content("first", env):
        return
    with step("Making the tables"):
        manage(["migrate", "--noinput", "-v", "0"], env)
    with step("Loading ICD-10-CM"):
        for system in ("icd10cm_index", "icd10cm"):
            manage(["load_codeset", system, "--from-package"], env)
    packs = [["load_content", str(path.parent)] for path in sorted(ROOT.glob("fixtures/*/pack.yaml"))]
    with step("Loading the first track"):
        for words in [["setup_demo", "--first"]] if is_demo(env) else packs:
            manage(words, env)
    stamps.set_stamp(var_dir(env), "first", stamps.fingerprint(ROOT, CONTENT))


def prepare_rest(env: Environment) -> None:
    if not has_content("rest", env):
        with step("Loading the rest of the demo" if is_demo(env) else "Loading the other code sets"):
            manage(["setup_demo", "--rest"] if is_demo(env) else ["load_codeset", "all", "--from-package"], env)
        stamps.set_stamp(var_dir(env), "rest", stamps.fingerprint(ROOT, CONTENT))


def prepare_static(env: Environment) -> None:
    if not stamps.has_stamp(var_dir(env), "static", stamps.fingerprint(ROOT, STATIC)):
        with step("Collecting style sheets and scripts"):
            manage(["collectstatic", "--noinput", "--clear", "-v", "0"], env)
        stamps.set_stamp(var_dir(env), "static", stamps.fingerprint(ROOT, STATIC))


def prepare_all(env: Environment) -> int:
    for prepare in (prepare_python, prepare_first, prepare_rest, prepare_static):
        prepare(env)
    return 0


def base_env() -> Environment:
    """Ours, with each NAME_FILE read and VAR_DIR in full, without what leads Python to other people's packages."""
    foreign = {"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"}
    env = {name: value for name, value in environment.without_files(os.environ).items() if name not in foreign}
    env["VAR_DIR"] = str(var_dir(env))
    return {**env, "PYTHONUTF8": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}


def site_env() -> Environment:
    """A demo, unless the environment describes a site of its own."""
    env = base_env()
    is_own_site = any(env.get(name) for name in ("SECRET_KEY", "DEBUG", "DEMO"))
    return env if is_own_site else {**env, "DEMO": "1"}


def is_demo(env: Environment) -> bool:
    return env.get("DEMO", "").lower() in environment.TRUE


def var_dir(env: Environment) -> Path:
    return Path(env.get("VAR_DIR") or ROOT / "var").resolve()


@contextlib.contextmanager
def running(port: int, env: Environment) -> "Iterator[dict[str, processes.Process]]":
    """The servers, up and answering; whatever happens, nothing is left of them afterwards."""
    env["HEALTH_TOKEN"] = secrets.token_hex(16)
    commands = {
        "web": processes.web_server(str(PYTHON), port),
        "worker": processes.worker(str(PYTHON), var_dir(env) / "beat-schedule"),
    }
    started: dict[str, processes.Process] = {}
    try:
        with step("Starting the web server and the worker"):
            for name, command in commands.items():
                started[name] = processes.start(command, log_of(name, env), env)
            if not processes.wait_until_up(started["web"], port, env["HEALTH_TOKEN"]):
                lines = last_lines(log_of("web", env).read_text(errors="replace"))
                raise Stop("\n".join([*lines, "The web server did not start; the lines above say why."]))
        yield started
    finally:
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, signal.SIG_IGN)
        with step("Stopping"):
            processes.stop(list(started.values()))


def log_of(name: str, env: Environment) -> Path:
    return var_dir(env) / "log" / f"{name}.log"


def demo(port: int, fresh: bool) -> int:
    if not (0 < port < 65536 and processes.is_free(port)):
        free = processes.next_free(port)
        raise Stop(f"Port {port} is in use or not open to you: stop what uses it, or start with --port {free}.")
    env = {**base_env(), "DEMO": "1"}
    prepare_python(env)
    if fresh:
        remove_demo(env)
    prepare_first(env)
    prepare_static(env)
    with running(port, env) as started:
        print(
            f"\nCoderounds is ready: http://localhost:{port}\n\n{manage(['setup_demo', '--log-ins'], env)}", flush=True
        )
        say("Ctrl-C stops it.")
        if not has_content("rest", env):
            started["loading"] = processes.start([*MANAGE, "setup_demo", "--rest"], log_of("loading", env), env)
        watch(dict(started), env)
    raise Stop(f"The web server has ended; {log_of('web', env)} says why. Start it again with run.py demo.")


def watch(started: "dict[str, processes.Process]", env: Environment) -> None:
    """Stay until Ctrl-C or the web server's end; pages need neither the worker nor the loader."""
    while started["web"].poll() is None:
        time.sleep(0.5)
        for name in {"worker", "loading"} & {name for name in started if started[name].poll() is not None}:
            if started.pop(name).returncode:
                say(f"The {name} process has ended, the pages work on; {log_of(name, env)} says why.")
            elif name == "loading":
                stamps.set_stamp(var_dir(env), "rest", stamps.fingerprint(ROOT, CONTENT))
                say("Everything is loaded.")


def remove_demo(env: Environment) -> None:
    if env.get("DATABASE_URL"):
        raise Stop("--fresh removes the demo's own files only: drop the database of DATABASE_URL yourself.")
    folder = var_dir(env)
    say(f"Removing the demo's database and index in {folder}")
    for path in [*folder.glob("db.sqlite3*"), *(folder / name for name in ("index", "cache", "broker", "stamps"))]:
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def check() -> int:
    """One student's way through a demo with a folder and a database of its own, which are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="coderounds-check-", ignore_cleanup_errors=True) as folder:
        # A shared broker or cache would mix this demo's rows with another one's.
        shared = {"CELERY_BROKER_URL", "CACHE_URL"}
        env = {name: value for name, value in base_env().items() if name not in shared}
        env.update(DEMO="1", VAR_DIR=folder)
        prepare_python(env)
        with throw_away_schema(env):
            prepare_all(env)
            log_ins, port = manage(["setup_demo", "--log-ins"], env), processes.any_free()
            with running(port, env):
                walk = [str(PYTHON), "-m", "config.walkthrough", f"http://127.0.0.1:{port}"]
                return subprocess.run(walk, cwd=ROOT, env=env, input=log_ins, text=True).returncode


@contextlib.contextmanager
def throw_away_schema(env: Environment) -> Iterator[None]:
    """With DATABASE_URL: a fresh schema in that database, and what we start sees nothing but it."""
    url = env.pop("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield
        return
    schema = f"check_{secrets.token_hex(6)}"
    sql = [str(PYTHON), "-c", "import sys, psycopg2 as p; p.connect(sys.argv[1]).cursor().execute(sys.argv[2])", url]
    otherwise = "The database of DATABASE_URL cannot be used: it does not answer, or its user may not make a schema."
    run_quietly([*sql, f"CREATE SCHEMA {schema}; COMMIT"], env, otherwise)
    try:
        env["DATABASE_URL"] = f"{url}{'&' if '?' in url else '?'}options={quote(f'-c search_path={schema}')}"
        yield
    finally:
        run_quietly([*sql, f"DROP SCHEMA {schema} CASCADE; COMMIT"], env, f"The schema {schema} could not be dropped.")


def test(words: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="coderounds-tests-", ignore_cleanup_errors=True) as folder:
        env = {**base_env(), "DEMO": "0", "DEBUG": "1", "VAR_DIR": folder}
        prepare_python(env)
        everywhere = [] if words else ["-n", "auto", "--dist", "loadfile"]
        return subprocess.run([str(PYTHON), "-m", "pytest", *everywhere, *words], cwd=ROOT, env=env).returncode


def manage_command(words: list[str]) -> int:
    """Django's command line, with the demo set up first on a fresh clone. Another site is never changed unasked."""
    env = site_env()
    (prepare_all if is_demo(env) else prepare_python)(env)
    os.execve(PYTHON, [*MANAGE, *words], env)


def obey(words: list[str]) -> int:
    passed_on = {"test": test, "manage": manage_command}
    if words and words[0] in passed_on:
        return passed_on[words[0]](words[1:])
    parser = argparse.ArgumentParser(prog="run.py", description="Start Coderounds.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    options = commands.add_parser("demo", help="start the demo; Ctrl-C stops it")
    options.add_argument("--port", type=int, default=8000)
    options.add_argument("--fresh", action="store_true", help="begin with an empty database")
    options.add_argument("--check", action="store_true", help="walk one student through a throw-away demo, exit 0 or 1")
    commands.add_parser("test", help="run the tests; what follows goes to pytest")
    commands.add_parser("setup", help="make or refresh everything the other commands need")
    commands.add_parser("manage", help='Django\'s command line, as in: manage lookup "type 2 diabetes with ckd"')
    chosen = parser.parse_args(words)
    if chosen.command == "demo":
        return check() if chosen.check else demo(chosen.port, chosen.fresh)
    return prepare_all(site_env())


def main() -> int:
    for sign in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, signal.default_int_handler)
    try:
        return obey(sys.argv[1:])
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        say(f"{error}. Coderounds needs a folder that you may write to, with 1 GB of free space: copy it to one.")
    return 1


if __name__ == "__main__":
    sys.exit(main())
