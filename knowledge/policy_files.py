"""Reads policies from Markdown files, and names file and line of everything that is wrong with one.

A file opens with YAML front matter, in which `review: 2027-03-01` is the day from which somebody should look at the
policy again, and need not be there. A `##` heading is a section of the source, a `###` heading the id of a clause.
Under it stand `force:` and `binds:` (and, where wanted, `see also:`, `holds to:`, `only when:`, `note:` and `unsure:`),
the text in one paragraph or more (between fences, ```, where Markdown would read something else into it), and two
lists: after "Turns on: QUESTION" the options and what follows from each, after "Asks:" the ways that people ask.
Whatever else a text says is text: nothing in it is followed.
"""

import calendar
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from knowledge.clauses import Policy
from knowledge.policy_markdown import Fault, PolicyFileError, clauses_in

SHIPPED = Path(__file__).parent / "policies"
UNANSWERABLE = SHIPPED / "unanswerable.yaml"
_LARGEST_FILE = 20_000_000  # bytes; a policy of ten thousand clauses takes some ten


def _written_out(value: object) -> object:
    """YAML reads 2013-12-01 as a date and 1.0 as a number; both are words here."""
    return value if isinstance(value, str | None) else str(value)


def _day(text: str) -> str:
    match = re.fullmatch(r"(?a:(\d{4})-(\d\d)-(\d\d))", text)
    year, month, day = (int(part) for part in match.groups()) if match else (0, 0, 0)
    if not (year and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        raise ValueError("write a day of the calendar, such as 2027-03-01")
    return text


_Words = Annotated[str, BeforeValidator(_written_out), Field(min_length=1)]
_Day = Annotated[str, BeforeValidator(_written_out), AfterValidator(_day)]


class _FrontMatter(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    society: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    organisation: _Words
    title: _Words
    known_as: _Words
    edition: _Words
    dates: dict[str, _Words] = {}
    office: _Words
    posts: list[_Words] = []
    named_only: list[_Words] = []
    missing_rules: str | None = None
    general_definition: str | None = None
    official: bool = False
    reviewed: bool = True
    review: _Day | None = None


def load(folders: list[Path]) -> list[Policy]:
    """Every policy of the folders, by file name.

    Raises:
        PolicyFileError: a file is faulty, or two files claim one policy or one clause.
    """
    return load_files(files_in(folders))


def load_files(files: Sequence[Path]) -> list[Policy]:
    """The policies in some files that stand side by side.

    Raises:
        PolicyFileError: a file is faulty, or two files claim one policy or one clause.
    """
    faults: list[Fault] = []
    policies: dict[str, tuple[Policy, Path]] = {}
    owners: dict[str, Path] = {}
    for file in files:
        try:
            policy = read(file)
        except PolicyFileError as error:
            faults += error.faults
            continue
        if policy.id in policies:
            other = policies[policy.id][1]
            faults.append(Fault(file, 1, f"the policy '{policy.id}' is in {other} already; give one another id"))
            continue
        policies[policy.id] = policy, file
        for clause in policy.clauses:
            if clause.id in owners:
                faults.append(Fault(file, 1, f"the clause '{clause.id}' is in {owners[clause.id]} already"))
            owners[clause.id] = file
    if faults:
        raise PolicyFileError(faults)
    return [policy for policy, _ in policies.values()]


def files_in(folders: Sequence[Path]) -> list[Path]:
    """The policy files of some folders.

    Raises:
        PolicyFileError: a folder is none, or what is named like a policy file is no file.
    """
    files: list[Path] = []
    for folder in folders:
        if not folder.is_dir():
            what = "this folder of policies does not exist; create it or mend POLICY_DIR"
            raise PolicyFileError([Fault(folder, 1, what)])
        files += sorted(folder.glob("*.md"))
    odd = [Fault(file, 1, "is no readable file; mend it or move it away") for file in files if not file.is_file()]
    if odd:
        raise PolicyFileError(odd)
    return files


def read_all(files: list[Path]) -> list[Policy]:
    """The policies in some files.

    Raises:
        PolicyFileError: with every fault of every file.
    """
    policies, faults = [], []
    for file in files:
        try:
            policies.append(read(file))
        except PolicyFileError as error:
            faults += error.faults
    if faults:
        raise PolicyFileError(faults)
    return policies


def read_unanswerable(file: Path = UNANSWERABLE) -> dict[str, list[str]]:
    """Messages that no clause answers, by the reason that an answer gives for it."""
    data: dict[str, list[str]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return data


def read(file: Path) -> Policy:
    """The policy in one file.

    Raises:
        PolicyFileError: with every fault of the file.
    """
    try:
        if file.stat().st_size > _LARGEST_FILE:
            raise PolicyFileError([Fault(file, 1, f"larger than {_LARGEST_FILE // 1_000_000} MB; split the policy")])
        content = file.read_bytes()
    except OSError as error:
        raise PolicyFileError([Fault(file, 1, f"cannot be read: {error.strerror}")]) from error
    return parse(decoded(content, file), file)


def decoded(content: bytes, file: Path) -> str:
    """The text of a policy file, its line ends as Python has them; `file` is what its faults are reported against.

    Raises:
        PolicyFileError: it is not UTF-8.
    """
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise PolicyFileError([Fault(file, 1, f"not UTF-8 text (byte {error.start}); save it as UTF-8")]) from error


def id_of(file: Path) -> str | None:
    """The id of the policy in a file, from its front matter alone; None where `read` would say why it has none."""
    try:
        return _front_matter(decoded(file.read_bytes(), file), file)[0].id
    except (PolicyFileError, OSError):
        return None


def is_reviewed(file: Path) -> bool:
    """Whether a person has gone through the policy in a file, or wrote it; from its front matter alone."""
    try:
        return _front_matter(decoded(file.read_bytes(), file), file)[0].reviewed
    except (PolicyFileError, OSError):
        return True


def parse(source: str, file: Path) -> Policy:
    """The policy that a text states; `file` is what its faults are reported against."""
    matter, body, first_line = _front_matter(source, file)
    faults: list[Fault] = []
    clauses = clauses_in(body, matter.id, matter.society, file, first_line, faults)
    for key, name in (("missing_rules", matter.missing_rules), ("general_definition", matter.general_definition)):
        if name and not faults and name not in {clause.id for clause in clauses}:
            faults.append(Fault(file, 1, f"front matter, {key}: '{name}' is no clause of this file"))
    if faults:
        raise PolicyFileError(sorted(faults, key=lambda fault: fault.line))
    return Policy(
        id=matter.id,
        society=matter.society,
        organisation=matter.organisation,
        title=matter.title,
        known_as=matter.known_as,
        edition=matter.edition,
        dates=tuple(matter.dates.items()),
        office=matter.office,
        posts=tuple(matter.posts),
        named_only=tuple(matter.named_only),
        missing_rules=matter.missing_rules,
        general_definition=matter.general_definition,
        official=matter.official,
        clauses=tuple(clauses),
        reviewed=matter.reviewed,
        review=matter.review,
    )


def _front_matter(source: str, file: Path) -> tuple[_FrontMatter, str, int]:
    """The front matter, the text after it, and the line on which that text begins."""
    match = re.match(r"---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", source, re.DOTALL)
    if match is None:
        what = "no front matter; the file opens with '---', then id, society, title ..., then '---'"
        raise PolicyFileError([Fault(file, 1, what)])
    try:
        data = yaml.safe_load(match[1])
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # YAML itself lets a 31 February through to datetime
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        raise PolicyFileError(
            [Fault(file, line, f"front matter is not YAML: {getattr(error, 'problem', error)}")]
        ) from error
    try:
        matter = _FrontMatter.model_validate(data)
    except ValidationError as error:
        lines = source.splitlines()
        faults = [_front_matter_fault(file, lines, dict(problem)) for problem in error.errors()]
        raise PolicyFileError(faults) from error
    return matter, source[match.end() :], match[0].count("\n") + 1


def _front_matter_fault(file: Path, lines: list[str], problem: dict[str, Any]) -> Fault:
    key = str(problem["loc"][0]) if problem["loc"] else "the front matter"
    line = next((n for n, text in enumerate(lines, 1) if text.startswith(f"{key}:")), 1)
    return Fault(file, line, f"front matter, {key}: {str(problem['msg']).lower()}")
