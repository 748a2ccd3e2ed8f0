"""Every class of attack has a module, and every advisory a test that says that it stands for it."""

import ast
from pathlib import Path

import pytest

from tests.security.advisories import ADVISORIES

HERE = Path(__file__).parent


def docstrings_of_tests(name):
    tree = ast.parse((HERE / f"test_{name}.py").read_text())
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return [ast.get_docstring(each) or "" for each in functions if each.name.startswith("test_")]


@pytest.mark.parametrize("name", ADVISORIES)
def test_each_advisory_is_named_by_a_test_of_its_class(name):
    told = " ".join(docstrings_of_tests(name))
    assert told, f"nothing is attacked in {name}"
    assert [number for number in ADVISORIES[name] if number not in told] == []


def test_each_module_of_attacks_is_a_class_in_the_list():
    modules = {path.stem.removeprefix("test_") for path in HERE.glob("test_*.py")}
    assert modules - {"advisories", "audit", "stored_xss_in_the_second_step"} == set(ADVISORIES)
