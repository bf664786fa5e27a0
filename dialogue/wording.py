"""Keys to texts. Every text that a person reads stands in locales/<language>/*.ftl, and nowhere else.

A key is written with dots ("product.price.too_small"), its Fluent id with dashes (`product-price-too_small`), because
Fluent ids know no dots. Texts are parsed once; one without variables is then a dict lookup, one with plain variables a
join, and only the rest (plurals, terms) goes through fluent.runtime.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.abc import Traversable
from importlib.resources import files
from typing import Any, Self

from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser, ast

__all__ = ["Junk", "MissingText", "Wording", "Words"]

_UNGROUPED = 1000  # whole numbers below carry no separator in any locale


class MissingText(LookupError):
    """A text, or a variable that a text needs, does not exist. A defect of ours: shown to nobody, found by tests."""


class Junk(ValueError):
    """A file holds something that is no Fluent, or a text that another file has already."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A parsed text: its pieces where it is plain (`None, "text"` or `variable, ""`), else what Fluent needs."""

    plain: str | None
    pieces: tuple[tuple[str, str], ...]  # (text before, variable); the last variable may be ""
    variables: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Language:
    bundle: FluentBundle
    texts: Mapping[str, _Text]


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language, for one person: `defaults` (bot, form of address) fill what a call omits."""

    _language: _Language
    _defaults: Mapping[str, Any] = field(default_factory=dict)

    def __call__(self, key: str, **values: Any) -> str:
        """The text of a key with its variables filled. Raises MissingText where the text or a variable is missing."""
        text = self._text(key)
        if text.plain is not None:
            return text.plain
        if not text.pieces:
            return self._through_fluent(key, {**self._defaults, **values})
        done: list[str] = []
        for before, variable in text.pieces:
            done.append(before)
            if variable:
                value = values.get(variable)
                if value is None:
                    value = self._defaults.get(variable)
                if isinstance(value, str):
                    done.append(value)
                elif type(value) is int and -_UNGROUPED < value < _UNGROUPED:
                    done.append(str(value))
                else:
                    return self._through_fluent(key, {**self._defaults, **values})
        return "".join(done)

    def has(self, key: str) -> bool:
        return key.replace(".", "-") in self._language.texts

    def needs(self, key: str) -> frozenset[str]:
        """The variables that a text names, so that nobody computes what it does not show."""
        return self._text(key).variables

    def _text(self, key: str) -> _Text:
        text = self._language.texts.get(key.replace(".", "-"))
        if text is None:
            raise MissingText(key)
        return text

    def _through_fluent(self, key: str, values: Mapping[str, Any]) -> str:
        bundle = self._language.bundle
        pattern = bundle.get_message(key.replace(".", "-")).value
        given = {name: value for name, value in values.items() if value is not None}
        result, errors = bundle.format_pattern(pattern, given)  # type: ignore[arg-type]  # every text has a value (load)
        if errors:
            raise MissingText(f"{key}: {errors[0]}")
        return str(result)


@dataclass(frozen=True, slots=True)
class Wording:
    """All texts of all languages, read once at the start."""

    _languages: Mapping[str, _Language]

    @classmethod
    def load(cls, *sources: str | Traversable) -> Self:
        """Reads `<source>/<language>/*.ftl` of packages (by name) or folders; without one, of the package `locales`.

        Raises Junk for a file that does not parse and for a text that stands in two files of a language.
        """
        folders = [files(source) if isinstance(source, str) else source for source in sources or ("locales",)]
        return cls.parse(_ftl_files(folders))

    @classmethod
    def parse(cls, contents: Iterable[tuple[str, str, str]]) -> Self:
        """The wording of (language, name of the file, content). Raises Junk as `load` does."""
        parsed: dict[str, dict[str, ast.Message | ast.Term]] = {}
        for language, name, content in contents:
            entries = parsed.setdefault(language, {})
            for entry in _entries(f"{language}/{name}", content):
                key = entry.id.name if isinstance(entry, ast.Message) else f"-{entry.id.name}"
                if key in entries:
                    raise Junk(f"{language}/{name}: {key} exists already")
                entries[key] = entry
        return cls({language: _compiled(language, entries) for language, entries in parsed.items()})

    @property
    def locales(self) -> frozenset[str]:
        return frozenset(self._languages)

    def keys(self, locale: str) -> Mapping[str, frozenset[str]]:
        """Every Fluent id of a language with the variables that it names."""
        return {key: text.variables for key, text in self._languages[locale].texts.items()}

    def for_person(self, locale: str, **defaults: Any) -> Words:
        """The words of a language; raises MissingText where there is no such language."""
        language = self._languages.get(locale)
        if language is None:
            raise MissingText(f"no language {locale}")
        return Words(language, defaults)


def _ftl_files(folders: list[Traversable]) -> Iterator[tuple[str, str, str]]:
    for folder in folders:
        for language in sorted(folder.iterdir(), key=lambda each: each.name):
            if not language.is_dir() or language.name.startswith(("_", ".")):
                continue
            for file in sorted(language.iterdir(), key=lambda each: each.name):
                if file.name.endswith(".ftl"):
                    yield language.name, file.name, file.read_text(encoding="utf-8")


def _entries(name: str, content: str) -> Iterator[ast.Message | ast.Term]:
    for entry in FluentParser(with_spans=False).parse(content).body:
        if isinstance(entry, ast.Junk):
            raise Junk(f"{name}: {(entry.content or '').strip()[:80]}")
        if isinstance(entry, ast.Message) and entry.value is None:
            raise Junk(f"{name}: {entry.id.name} has no text")
        if isinstance(entry, ast.Message | ast.Term):
            yield entry


def _compiled(language: str, entries: Mapping[str, ast.Message | ast.Term]) -> _Language:
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(ast.Resource(list(entries.values())))
    texts = {key: _text(entry, entries) for key, entry in entries.items() if isinstance(entry, ast.Message)}
    return _Language(bundle, texts)


def _text(message: ast.Message, entries: Mapping[str, ast.Message | ast.Term]) -> _Text:
    variables = frozenset(_variables(message, entries))
    pieces = _pieces(message.value)
    if pieces is None:
        return _Text(None, (), variables)
    if not variables:
        return _Text("".join(before for before, _ in pieces), (), variables)
    return _Text(None, pieces, variables)


def _pieces(pattern: ast.Pattern | None) -> tuple[tuple[str, str], ...] | None:
    """The pieces of a pattern of plain text and plain variables; None where it holds more than that."""
    pieces: list[tuple[str, str]] = []
    before = ""
    for element in pattern.elements if pattern else ():
        if isinstance(element, ast.TextElement):
            before += element.value
        elif isinstance(element.expression, ast.StringLiteral):
            before += element.expression.parse()["value"]
        elif isinstance(element.expression, ast.VariableReference):
            pieces.append((before, element.expression.id.name))
            before = ""
        else:
            return None
    return (*pieces, (before, ""))


def _variables(node: object, entries: Mapping[str, ast.Message | ast.Term]) -> Iterator[str]:
    """Every variable that a text names, also through the texts that it refers to."""
    if isinstance(node, ast.VariableReference):
        yield node.id.name
    elif isinstance(node, ast.MessageReference) and node.id.name in entries:
        yield from _variables(entries[node.id.name], entries)
    elif isinstance(node, ast.BaseNode):
        for value in vars(node).values():
            yield from _variables(value, entries)
    elif isinstance(node, list):
        for value in node:
            yield from _variables(value, entries)
