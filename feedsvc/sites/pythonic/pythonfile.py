"""A configuration in Python → its settings, not run: literals and what is made of them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from feedsvc.errors import ConfigError
from feedsvc.sites import files

if TYPE_CHECKING:
    from pathlib import Path

_LONGEST = 100_000


class _UnknownError(Exception):
    """An expression whose value only running the file would tell."""


def read(folder: Path, name: str, known: dict[str, Any], seen: set[str]) -> dict[str, Any]:
    """The names that a file assigns at its top level, its settings among them.

    `known` holds what earlier files assigned. What is not a literal is left out. Files of the site
    from which it imports names are read likewise, `seen` holds those that were. Raises ConfigError
    where a file is not Python.
    """
    seen.add(name)
    source = files.text_of(folder, name)
    try:
        module = ast.parse(source.lstrip("\ufeff"))
    except SyntaxError as error:
        message = f"{name}:{error.lineno or 1}: is not Python: {error.msg}; mend that line"
        raise ConfigError(message) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise ConfigError(f"{name}: is not Python: {error}; mend it") from error
    values = dict(known)
    for statement in module.body:
        if isinstance(statement, ast.Import):
            values |= {one.asname or one.name: one.name for one in statement.names}
        elif isinstance(statement, ast.ImportFrom) and statement.module:
            other = f"{statement.module.replace('.', '/')}.py"
            if other not in seen and (folder / other).is_file():
                values |= read(folder, other, values, seen)
        _assign(statement, values)
    return values


def _assign(statement: ast.stmt, values: dict[str, Any]) -> None:
    if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
        sum_ = ast.BinOp(ast.Name(statement.target.id), statement.op, statement.value)
        statement = ast.Assign([statement.target], sum_)
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    else:
        return
    names = [target.id for target in targets if isinstance(target, ast.Name)]
    if not names or statement.value is None:
        return
    try:
        value = _value(statement.value, values)
    except (_UnknownError, RecursionError):
        return
    values.update(dict.fromkeys(names, value))


def _value(node: ast.expr, values: dict[str, Any]) -> Any:  # noqa: C901, PLR0911 - one for each kind
    match node:
        case ast.Constant(value=value) if value is None or isinstance(value, (str, int, float)):
            return value
        case ast.Tuple(elts=items) | ast.List(elts=items) | ast.Set(elts=items):
            return [_value(item, values) for item in items]
        case ast.Dict(keys=keys, values=items):
            pairs = [(key, item) for key, item in zip(keys, items, strict=True) if key]
            return dict(pair for key, item in pairs for pair in _entry(key, item, values))
        case ast.Name(id=name) if name in values:
            return values[name]
        case ast.Attribute() if (name := ast.unparse(node)) in values:
            return values[name]  # a module, which is known by its name
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _joined(_value(left, values), _value(right, values))
        case ast.Call(
            func=ast.Attribute(attr="get" | "getenv"), args=[_, default], keywords=[]
        ):  # os.environ.get(name, default)
            return _value(default, values)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            number = _value(operand, values)
            if isinstance(number, (int, float)):
                return -number
        case ast.JoinedStr(values=parts):
            return "".join(str(_value(part, values)) for part in parts)
        case ast.FormattedValue(value=inner, conversion=-1, format_spec=None):
            return _value(inner, values)
    raise _UnknownError


def _entry(key: ast.expr, item: ast.expr, values: dict[str, Any]) -> list[tuple[str, Any]]:
    try:
        return [(str(_value(key, values)), _value(item, values))]
    except _UnknownError:
        return []  # the others of the table are known nevertheless


def _joined(left: Any, right: Any) -> Any:
    both = isinstance(left, str) and isinstance(right, str)
    if (both or (isinstance(left, list) and isinstance(right, list))) and (
        len(left) + len(right) <= _LONGEST
    ):
        return left + right
    raise _UnknownError
