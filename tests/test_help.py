"""`geodigest --help` and the help of each command: pages that say what is done and how it ends, shown at once."""

import json
import re
import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

from geodigest.commands import app

RUNNER = CliRunner()
COMMANDS = {command.callback.__name__: command for command in app.registered_commands if command.callback}


def _help(*command: str) -> str:
    result = RUNNER.invoke(app, [*command, "--help"], env={"COLUMNS": "80"})
    assert result.exit_code == 0
    return result.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_says_what_it_does_and_with_which_status_it_ends(command: str) -> None:
    shown = " ".join(_help(command).split())
    assert re.search(r"Exit status[^:]*: 0 [^;]+; 1 .+; 2 .*wrong use", shown)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_short_option_shows_the_same(command: str) -> None:
    arguments = [command] if command else []
    short = RUNNER.invoke(app, [*arguments, "-h"], env={"COLUMNS": "80"})
    assert (short.exit_code, short.stdout) == (0, _help(*arguments))


@pytest.mark.parametrize(
    ("command", "arguments"), [("diff", "OLD NEW"), ("contract", "OLD NEW"), ("info", "TABLE"), ("convert", "PATH")]
)
def test_the_usage_names_the_arguments_once_and_in_capitals(command: str, arguments: str) -> None:
    (usage,) = re.findall(rf"Usage: .*{command} \[OPTIONS\] (.+)", _help(command))
    assert re.findall(r"\w+", usage) == arguments.split()
    assert "[[" not in usage


def test_each_command_has_one_line_in_a_panel() -> None:
    shown = _help()
    for name, command in COMMANDS.items():
        assert re.search(rf"│ {name} +{re.escape(str(command.short_help))} +│", shown)
    assert re.findall(r"╭─ (\w+) ─", shown) == ["Options", "Use", "Make"]


def test_the_page_tells_exit_status_and_where_to_read_more() -> None:
    shown = _help()
    assert "Exit status: 0 done, all is as it should be; 1 something is not" in shown
    assert "geodigest COMMAND --help" in shown
    assert "README" in shown


def test_the_examples_name_commands_options_and_arguments_that_exist() -> None:
    examples = [line.split()[1:] for line in _help().splitlines() if re.match(r"  geodigest [a-z]+ [^-]", line)]
    assert len(examples) >= 3
    group = typer.main.get_group(app)
    for name, *arguments in examples:
        command = group.commands[name]
        command.make_context(name, arguments)


def test_help_imports_neither_pandas_nor_pyarrow() -> None:
    heavy = ("pandas", "pyarrow", "pandera", "datasets", "numpy", "yaml")
    code = (
        "import json, sys\nfrom geodigest.commands import app\n"
        "try:\n    app(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print(json.dumps([name for name in {heavy} if name in sys.modules]), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stderr) == []
    assert "Usage: geodigest" in done.stdout or "COMMAND" in done.stdout
