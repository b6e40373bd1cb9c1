"""run.py as a newcomer meets it: on an old Python, on a taken port, in a folder with a space, without a network."""

import ast
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import run
from config import environment, processes, stamps

ROOT = Path(run.__file__).parent
BEFORE_PACKAGES = ("environment", "processes", "stamps", "walkthrough")
STANDARD_ONLY = [ROOT / "run.py", *(ROOT / f"config/{name}.py" for name in BEFORE_PACKAGES)]
OLD_PYTHONS = [path for version in range(6, 11) if (path := shutil.which(f"python3.{version}")) and "shims" not in path]
OLD_PYTHONS += [str(path) for path in sorted(Path.home().glob(".pyenv/versions/3.[6-9].*/bin/python3"))]

# Stands in for Django: notes what it was asked for, and makes what the real one would leave behind.
PRETEND_MANAGE = """
import pathlib, sys
folder = pathlib.Path(__file__).parent
with (folder / "asked").open("a") as notes:
    notes.write(" ".join(sys.argv[1:]) + "\\n")
if sys.argv[1] == "migrate":
    (folder / "var/db.sqlite3").write_text("tables")
print("answer to", sys.argv[-1])
sys.exit(7 if sys.argv[1] == "fails" else 0)
"""


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    """A fresh clone without packages to download, below a name with a space, and its first start."""
    clone = tmp_path_factory.mktemp("home") / "my clone"
    (clone / "config").mkdir(parents=True)
    for name in ("run.py", "config/__init__.py", "config/environment.py", "config/processes.py", "config/stamps.py"):
        shutil.copy(ROOT / name, clone / name)
    (clone / "manage.py").write_text(PRETEND_MANAGE)
    (clone / "requirements.txt").write_text("# none\n")
    (clone / "requirements-codesets.txt").write_text("# none\n")
    done = run_in(clone, "manage", "lookup", "two words")
    return clone, done, take_asked(clone)


@pytest.fixture
def clone(started):
    return started[0]


def run_in(clone, *words, **more):
    site = environment.NAMES | {f"{name}_FILE" for name in environment.NAMES}
    env = {name: value for name, value in os.environ.items() if name not in site} | more
    return subprocess.run([sys.executable, "run.py", *words], cwd=clone, env=env, capture_output=True, text=True)


def take_asked(clone):
    asked = (clone / "asked").read_text().splitlines()
    (clone / "asked").unlink()
    return asked


def test_run_py_stays_small():
    assert len((ROOT / "run.py").read_text().splitlines()) <= 350


@pytest.mark.parametrize("path", STANDARD_ONLY, ids=lambda path: path.name)
def test_what_starts_before_the_packages_are_there_needs_none(path):
    tree = ast.parse(path.read_text())

    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names | {"config"}


def test_an_old_python_can_parse_run_py():
    ast.parse((ROOT / "run.py").read_text(), feature_version=(3, 6))


@pytest.mark.skipif(not OLD_PYTHONS, reason="no Python older than 3.11 is installed; the parse test above stands in")
def test_an_old_python_says_what_to_do():
    for python in OLD_PYTHONS:
        done = subprocess.run([python, "run.py", "demo"], cwd=ROOT, capture_output=True, text=True)

        assert done.returncode == 1
        assert re.fullmatch(r"Coderounds needs Python 3\.11 or newer; this is 3\.\d+\. Please .+\.\n", done.stderr)


def test_manage_on_a_fresh_clone_sets_the_demo_up_first_and_prints_only_the_answer(started):
    _, done, asked = started

    assert done.stdout == "answer to two words\n"
    assert "Making the virtual environment" in done.stderr
    assert [line.split()[0] for line in asked] == [
        "migrate", "load_codeset", "load_codeset", "setup_demo", "setup_demo", "collectstatic", "lookup",
    ]  # fmt: skip


def test_the_second_start_skips_what_has_not_changed(clone):
    done = run_in(clone, "manage", "lookup", "second")

    assert take_asked(clone) == ["lookup second"]
    assert done.stderr == ""


def test_a_machine_without_the_groupers_is_told_in_one_sentence_and_goes_on(clone):
    (clone / "requirements-codesets.txt").write_text("./made-for-another-machine\n")

    done = run_in(clone, "manage", "lookup", "third")

    assert done.stderr.splitlines()[-1].startswith("The groupers could not be installed here: MS-DRG and HCC are left")
    assert done.stdout == "answer to third\n"
    assert "lookup third" in take_asked(clone)


def test_manage_passes_the_exit_code_on(clone):
    assert run_in(clone, "manage", "fails").returncode == 7
    assert take_asked(clone) == ["fails"]


def test_another_site_is_not_set_up_unasked(clone, tmp_path):
    run_in(clone, "manage", "lookup", "x", SECRET_KEY="of a real site", VAR_DIR=str(tmp_path))

    assert take_asked(clone) == ["lookup x"]


def test_a_site_whose_secret_stands_in_a_file_is_not_set_up_unasked(clone, tmp_path):
    (tmp_path / "key").write_text("of a real site")

    run_in(clone, "manage", "lookup", "x", SECRET_KEY_FILE=str(tmp_path / "key"), VAR_DIR=str(tmp_path))

    assert take_asked(clone) == ["lookup x"]


def test_a_secret_file_that_is_not_there_is_named(clone, tmp_path):
    done = run_in(clone, "manage", "lookup", "x", SECRET_KEY_FILE="/nope", VAR_DIR=str(tmp_path))

    assert done.returncode == 1
    assert re.fullmatch(r"SECRET_KEY_FILE is '/nope': that file cannot be read as text \(.+\)\.\n", done.stderr)


def test_a_database_named_in_a_file_is_seen_and_handed_on_once(tmp_path, monkeypatch):
    (tmp_path / "url").write_text("postgres://school@localhost/school\n")
    monkeypatch.setenv("DATABASE_URL_FILE", str(tmp_path / "url"))
    monkeypatch.setenv("VAR_DIR", str(tmp_path))

    env = run.base_env()

    assert env["DATABASE_URL"] == "postgres://school@localhost/school"
    assert "DATABASE_URL_FILE" not in env
    with pytest.raises(run.Stop, match="drop the database"):
        run.remove_demo(env)


def test_the_check_never_shows_a_database_named_in_a_file_to_what_it_starts(tmp_path, monkeypatch):
    (tmp_path / "url").write_text(f"sqlite:///{tmp_path}/school.sqlite3")
    monkeypatch.setenv("DATABASE_URL_FILE", str(tmp_path / "url"))

    env = run.base_env()

    with run.throw_away_schema(env):
        assert str(tmp_path / "url") not in env.values()
        assert not any("school.sqlite3" in value for value in env.values())


def test_a_relative_folder_is_the_same_one_for_everything_that_is_started(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VAR_DIR", "mine")

    assert run.base_env()["VAR_DIR"] == str(tmp_path / "mine")


def test_a_changed_migration_or_content_file_voids_the_stamp(tmp_path):
    (tmp_path / "fixtures").mkdir()
    (tmp_path / "fixtures/case.yaml").write_text("code: E11.65")
    before = stamps.fingerprint(tmp_path, run.CONTENT)

    (tmp_path / "fixtures/case.yaml").write_text("code: E11.22")

    assert stamps.fingerprint(tmp_path, run.CONTENT) != before


def test_a_lost_database_voids_the_stamp(tmp_path):
    stamps.set_stamp(tmp_path, "first", stamps.fingerprint(ROOT, run.CONTENT))

    assert not run.has_content("first", {"VAR_DIR": str(tmp_path)})


def test_a_taken_port_is_named_with_the_next_free_one():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        done = run_in(ROOT, "demo", "--port", str(port))

    assert done.returncode == 1
    assert re.fullmatch(rf"Port {port} is in use .+ --port \d+\.\n", done.stderr)


def test_no_port_is_a_sentence_too():
    assert run_in(ROOT, "demo", "--port", "70000").stderr.startswith("Port 70000 is in use or not open to you")


def test_a_missing_venv_module_names_the_package_to_install(monkeypatch):
    monkeypatch.setattr(run.importlib.util, "find_spec", lambda name: None)

    with pytest.raises(run.Stop, match=r"apt install python3\.\d+-venv"):
        run.make_venv(None, {})


def test_a_step_that_fails_shows_its_last_lines_and_what_to_do():
    fails = [sys.executable, "-c", "import sys; sys.exit('Temporary failure in name resolution')"]

    with pytest.raises(run.Stop, match=r"(?s)name resolution.+Check the network"):
        run.run_quietly(fails, dict(os.environ), "Check the network.")


def test_a_trace_is_shown_by_its_last_line_only():
    trace = 'Traceback (most recent call last):\n  File "x.py", line 1\n    connect()\nOperationalError: refused\n'

    assert run.last_lines(trace) == ["OperationalError: refused"]


def test_a_folder_that_cannot_be_written_to_is_named(monkeypatch, capsys):
    def refuse(words):
        raise PermissionError(13, "Permission denied", "/opt/coderounds/var")

    monkeypatch.setattr(run, "obey", refuse)
    monkeypatch.setattr(run.signal, "signal", lambda *given: None)

    assert run.main() == 1
    assert "'/opt/coderounds/var'. Coderounds needs a folder that you may write to" in capsys.readouterr().err


def test_progress_stays_out_of_stdout(capsys):
    with run.step("Counting"):
        pass

    said = capsys.readouterr()
    assert said.out == ""
    assert re.fullmatch(r"Counting \.\.\. \d+\.\d s\n", said.err)


def test_fresh_names_the_folder_and_keeps_everything_but_the_demo(tmp_path, capsys):
    for name in ("db.sqlite3", "db.sqlite3-wal", "secret_key"):
        (tmp_path / name).touch()
    (tmp_path / "index").mkdir()

    run.remove_demo({"VAR_DIR": str(tmp_path)})

    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]
    assert str(tmp_path) in capsys.readouterr().err


def test_fresh_never_empties_a_database_server(tmp_path):
    with pytest.raises(run.Stop, match="drop the database"):
        run.remove_demo({"VAR_DIR": str(tmp_path), "DATABASE_URL": "postgres://localhost/school"})


def test_the_check_says_that_the_database_does_not_answer(monkeypatch):
    monkeypatch.setattr(run, "PYTHON", sys.executable)
    closed = processes.any_free()
    env = {**os.environ, "DATABASE_URL": f"postgres://nobody@127.0.0.1:{closed}/none"}

    with pytest.raises(run.Stop, match="does not answer"), run.throw_away_schema(env):
        pass


def test_every_setting_is_explained_in_the_example():
    settings = (ROOT / "config/settings.py").read_text()
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings)) | {"SECRET_KEY"}

    explained = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert explained == read == environment.NAMES
