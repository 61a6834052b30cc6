"""A checklist's file is read, and everything that is wrong with one is told with its line and what to do."""

import textwrap
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.clauses import Clause
from knowledge.flows import files as flow_files
from knowledge.flows.flow import Flow
from knowledge.onboarding import files
from knowledge.onboarding.checklist import (
    Checklist,
    Checklists,
    CheckOption,
    Example,
    ListedAccount,
    PlayedPost,
    RequestRules,
    StepKind,
)
from knowledge.onboarding.files import load
from knowledge.policy_markdown import Fault
from tests.conftest import SAMPLE, SAMPLE_CHECKLISTS, SAMPLE_FLOWS, policies_of

CLAUSES: Mapping[str, Clause] = {clause.id: clause for policy in policies_of(SAMPLE) for clause in policy.clauses}
FLOWS: tuple[Flow, ...] = flow_files.load([SAMPLE_FLOWS], CLAUSES).flows
TONE = "larks/accounts/tone"
CHECKLIST = """\
register: larks/accounts/tone
accounts:
  - {handle: "@larks", platform: Twitter, group: The choir}
  - {handle: "@larks_too", platform: Twitter, group: The others}
request:
  agree: larks/accounts/tone
  tell: larks/accounts/employees
  advice: larks/rehearsals/invite
  examples:
    group: Some of us
    purpose: To sing
    audience: Listeners
    content: An alto
    watching: A tenor
    handle: "@larks_three"
    questions: Which bird?
    admins: console:alto
steps:
  hello:
    kind: read
    title: What counts
    words: Any website counts.
    clauses: [larks/about/media, larks/accounts/tone]
  tone:
    kind: judge
    title: How it sounds
    words: Every post is friendly.
    clauses: [larks/accounts/tone]
    fine:
      thanks: {post: Thank you!, why: Friendly.}
      come: {post: Do come!, why: Friendly too.}
    better-not:
      boo: {post: Boo!, why: Not friendly.}
      hiss: {post: Hiss!, why: Not friendly either.}
  playing:
    kind: play
    title: A recording
    words: Take these through it.
    clauses: [larks/rehearsals/recording]
    flow: larks/recording
    posts:
      secret: {post: Taped it., responses: {consent: "No, or I have not asked"}, end: secret}
      home:
        post: To practise.
        responses: {consent: "Yes, the conductor has", use: To practise at home}
        end: practice
      friend:
        post: To invite.
        responses: {consent: "Yes, the conductor has", use: To invite a friend to the next one}
        end: friend
  purpose:
    kind: write
    title: What for
    words: Say what for.
    clauses: [larks/accounts/tone]
    field: purpose
    example: To sing.
  keys:
    kind: check
    title: The keys
    words: Who has them?
    clauses: [larks/accounts/tone]
    options:
      - {label: Two of us, settles: yes, words: Good.}
      - {label: Nobody, settles: no, words: Please look.}
"""
ONE_MORE = """\
      once-more:
        post: To practise again.
        responses: {consent: "Yes, the conductor has", use: To practise at home}
        end: practice
      friend:
"""


def line_of(text: str, source: str = CHECKLIST) -> int:
    """The line on which a text first stands."""
    return source[: source.index(text)].count("\n") + 1


def read(
    folder: Path, source: str | bytes, clauses: Mapping[str, Clause] = CLAUSES
) -> tuple[Checklist | None, list[tuple[int, str]]]:
    """The checklist of a file, and its faults by line."""
    file = folder / "larks.yaml"
    file.write_bytes(source.encode() if isinstance(source, str) else source)
    checklists, faults = load([folder], clauses, FLOWS)
    assert {fault.file for fault in faults} <= {file}
    return checklists.of("larks"), [(fault.line, fault.what) for fault in faults]


def only_fault(folder: Path, source: str | bytes) -> tuple[int, str]:
    checklist, (told,) = read(folder, source)
    assert checklist is None
    return told


def test_a_checklist_is_what_its_file_says(tmp_path: Path) -> None:
    checklist, faults = read(tmp_path, CHECKLIST)

    assert faults == []
    assert checklist is not None
    assert (checklist.society, checklist.register) == ("larks", TONE)
    assert checklist.accounts == (
        ListedAccount("@larks", "Twitter", "The choir"),
        ListedAccount("@larks_too", "Twitter", "The others"),
    )
    assert checklist.request == RequestRules(
        agree=TONE,
        tell="larks/accounts/employees",
        advice="larks/rehearsals/invite",
        examples=(
            ("group", "Some of us"),
            ("purpose", "To sing"),
            ("audience", "Listeners"),
            ("content", "An alto"),
            ("watching", "A tenor"),
            ("handle", "@larks_three"),
            ("questions", "Which bird?"),
            ("admins", "console:alto"),
        ),
    )
    assert [(step.id, step.kind) for step in checklist.steps] == [
        ("hello", StepKind.READ),
        ("tone", StepKind.JUDGE),
        ("playing", StepKind.PLAY),
        ("purpose", StepKind.WRITE),
        ("keys", StepKind.CHECK),
    ]
    assert checklist.steps[0].clauses == ("larks/about/media", TONE)


def test_each_kind_of_step_has_what_it_asks(tmp_path: Path) -> None:
    checklist, _ = read(tmp_path, CHECKLIST)

    assert checklist is not None
    _, tone, playing, purpose, keys = checklist.steps
    assert tone.examples == (
        Example("thanks", "Thank you!", True, "Friendly."),
        Example("come", "Do come!", True, "Friendly too."),
        Example("boo", "Boo!", False, "Not friendly."),
        Example("hiss", "Hiss!", False, "Not friendly either."),
    )
    assert playing.flow == "larks/recording"
    assert playing.posts[1] == PlayedPost(
        "home", "To practise.", (("consent", "Yes, the conductor has"), ("use", "To practise at home")), "practice"
    )
    assert (purpose.field, purpose.example) == ("purpose", "To sing.")
    assert keys.options == (CheckOption("Two of us", True, "Good."), CheckOption("Nobody", False, "Please look."))


def test_steps_of_a_flow_that_are_given_are_named_by_the_step_that_plays_it(tmp_path: Path) -> None:
    home = CHECKLIST.replace(
        '      secret: {post: Taped it., responses: {consent: "No, or I have not asked"}, end: secret}\n', ""
    )
    home = home.replace("    posts:\n", "    given: [consent]\n    posts:\n").replace("      friend:\n", ONE_MORE)

    checklist, faults = read(tmp_path, home)

    assert faults == []
    assert checklist is not None
    assert [step.given for step in checklist.steps if step.flow] == [("consent",)]


def test_what_is_given_leaves_something_to_ask_of_each_post(tmp_path: Path) -> None:
    source = CHECKLIST.replace("    posts:\n", "    given: [consent]\n    posts:\n")

    line, what = only_fault(tmp_path, source)

    assert line == line_of("given:", source)
    assert "'secret' has a response, and leaves one to ask" in what


def test_it_tells_its_clauses_each_once_with_and_without_those_that_nobody_is_shown(tmp_path: Path) -> None:
    checklist, _ = read(tmp_path, CHECKLIST)

    assert checklist is not None
    assert checklist.clauses == ("larks/about/media", TONE, "larks/rehearsals/recording")
    assert checklist.rests_on == (*checklist.clauses, "larks/accounts/employees", "larks/rehearsals/invite")


def test_a_society_without_a_file_has_no_checklist(tmp_path: Path) -> None:
    read(tmp_path, CHECKLIST)

    assert load([tmp_path], CLAUSES, FLOWS)[0].of("oars") is None
    assert load([tmp_path / "nowhere"], CLAUSES, FLOWS) == (Checklists({}), ())


def test_the_example_at_the_head_of_the_loader_has_no_fault_but_its_clauses(tmp_path: Path) -> None:
    example = textwrap.dedent((files.__doc__ or "").partition('("yes"')[0].partition("\n\n")[2].partition("\n\n")[2])
    for clause in ("listed", "new", "secretary", "unsure"):
        example = example.replace(f"larks/accounts/{clause}", TONE)

    checklist, faults = read(tmp_path, example)

    assert faults == []
    assert checklist is not None
    assert [step.kind for step in checklist.steps] == list(StepKind)[1:]


def test_the_sample_checklist_has_a_step_of_each_kind_and_no_fault() -> None:
    checklists, faults = load([SAMPLE_CHECKLISTS], CLAUSES, FLOWS)

    assert faults == ()
    assert [step.kind for step in checklists.by_society["larks"].steps] == list(StepKind)


@pytest.mark.parametrize(
    ("old", "new", "at", "what"),
    [
        ("register: larks/accounts/tone\n", "", "accounts:", "'register' is missing"),
        ("register: larks/accounts/tone", "register: larks/no/such", "register", "no clause of the policies in force"),
        ("register: larks/accounts/tone", "register: oars/a/b", "register", "no clause of larks, whose checklist"),
        ("register: larks/accounts/tone", "register: [larks]", "register", "'register' is no text"),
        ("register:", "colour: red\nregister:", "colour", "the key 'colour' is unknown in a checklist"),
        ("  - {handle: \"@larks\", platform: Twitter, group: The choir}\n", "  - larks\n", "  - larks", "'handle:'"),
        ('"@larks"', '"@two words"', '"@two words"', "is no handle"),
        ('"@larks"', '"@"', '"@"', "is no handle"),
        ('"@larks"', f'"{"a" * 61}"', "aaa", "is no handle"),
        ('"@larks_too"', "Larks", "handle: Larks", "the account 'Larks' stands on line 3 already"),
        ("platform: Twitter, group: The choir", "group: The choir", '"@larks"', "'platform' is missing"),
        ("group: The choir}", "group: The choir, since: May}", '"@larks"', "the key 'since' is unknown in an account"),
        ("agree: larks/accounts/tone", "agree: larks/no/such", "agree", "no clause of the policies in force"),
        ("  tell: larks/accounts/employees\n", "", "  agree", "'tell' is missing"),
        ("    watching: A tenor\n", "", "  examples", "'watching' is missing"),
        ("    watching: A tenor\n", "    watching: ''\n", "    watching", "'watching' is empty"),
        ("    group: Some", "    hat: A top hat\n    group: Some", "    hat", "the key 'hat' is unknown in"),
        ("kind: read", "kind: reed", "kind: reed", "the kind 'reed' is unknown; it is one of read, judge"),
        ("title: What counts", f"title: {'a' * 76}", "title: a", "a button holds 75"),
        ("words: Any website counts.", "words:", "words:\n", "'words' is empty"),
        ("clauses: [larks/about/media, larks/accounts/tone]", "clauses: []", "clauses: []", "rests on no clause"),
        ("larks/about/media, ", "oars/a/b, ", "oars/a/b", "no clause of larks, whose checklist this is"),
        ("    words: Any", "    flow: larks/recording\n    words: Any", "flow: larks", "the key 'flow' is unknown"),
        ("      come: {post: Do come!, why: Friendly too.}\n", "", "    fine:", "needs 2 posts or more under 'fine'"),
        ("      hiss: {post: Hiss!, why: Not friendly either.}\n", "", "    better-not", "or more under 'better-not'"),
        ("      boo: {", "      come: {", "      come: {post: Boo", "the example 'come' stands under 'fine' already"),
        ("boo: {post: Boo!, why: Not friendly.}", "boo: {post: Boo!}", "      boo", "'why' is missing"),
        ("boo: {post: Boo!,", "boo: {post: '',", "      boo", "'post' is empty"),
        ("boo: {post: Boo!, why: Not friendly.}", "boo: Boo!", "      boo", "is empty or a mere word"),
        ("flow: larks/recording", "flow: oars/recording", "flow: oars", "is no flow of larks"),
        ("    flow: larks/recording\n", "", "  playing", "'flow' is missing"),
        ("      secret: {post: Taped it., responses: {consent: \"No, or I have not asked\"}, end: secret}\n", "",
         "    posts", "needs 3 posts or more"),
        ("end: secret}", "end: paid}", "      secret", "the responses of 'secret' lead to 'secret'; mend them"),
        ("end: secret}", "end: gone}", "      secret", "'gone' is no outcome of larks/recording"),
        ("end: secret}", "end: ''}", "      secret", "'end' is empty"),
        ('{consent: "No, or I have not asked"}', "{}", "      secret", "the post 'secret' has no responses"),
        ('{consent: "No, or I have not asked"}', "{consent: Perhaps}", "      secret", "'Perhaps' is no option"),
        ('{consent: "No, or I have not asked"}', "{colour: Red}", "      secret", "'colour' is no step"),
        ('{consent: "No, or I have not asked"}', "{consent: Not sure}", "      secret", "break off at one that is not"),
        (", use: To practise at home", "", "        responses", "break off at the step 'use'"),
        ('"No, or I have not asked"', '"No, or I have not asked", use: To practise at home', "      secret",
         "the responses of 'secret' do not pass the step 'use'"),
        ("field: purpose", "field: group", "field: group", "the field 'group' is unknown; it is one of purpose, audie"),
        ("    example: To sing.\n", "", "  purpose:\n    kind", "'example' is missing"),
        ("settles: yes", "settles: no", "    options", "no option of the step 'keys' settles it"),
        ("settles: yes", "settles: maybe", "label: Two", "'settles' is yes or no, not 'maybe'"),
        ("label: Nobody", "label: two of us", "label: two", "the label 'two of us' stands twice"),
        ("label: Nobody", f"label: {'a' * 76}", "label: aaa", "a button holds 75"),
        ("  hello:", "  Hello There:", "  Hello", "is not lower-case words joined by hyphens"),
        ("  tone:\n", "  hello:\n", "  hello:\n    kind: judge", "the key 'hello' stands on line"),
    ],
)  # fmt: skip
def test_each_fault_is_told_with_its_line_and_leaves_the_checklist_out(
    tmp_path: Path, old: str, new: str, at: str, what: str
) -> None:
    assert old in CHECKLIST
    source = CHECKLIST.replace(old, new, 1)

    checklist, faults = read(tmp_path, source)

    assert checklist is None
    assert any(line == line_of(at, source) and what in told for line, told in faults), faults


@pytest.mark.parametrize("part", ["accounts", "request", "steps"])
@pytest.mark.parametrize("instead", ["", "a word", "[]"])
def test_a_part_that_is_missing_or_of_another_form_is_told(tmp_path: Path, part: str, instead: str) -> None:
    before, _, rest = CHECKLIST.partition(f"{part}:\n")
    after = "".join(line for line in rest.splitlines(keepends=True) if not line.startswith(" "))

    checklist, faults = read(tmp_path, f"{before}{part}: {instead}\n{after}")

    assert checklist is None
    assert any(f"has no {part}" in told for _, told in faults), faults


@pytest.mark.parametrize("source", ["", "- one\n- two\n", "just words\n"])
def test_what_holds_no_checklist_is_told_so(tmp_path: Path, source: str) -> None:
    assert only_fault(tmp_path, source) == (
        1,
        "holds no checklist; a checklist has a register, accounts, a request and steps",
    )


@pytest.mark.parametrize(
    ("source", "what"), [(b"\xff\xfe", "not UTF-8"), ("a: [", "is not YAML"), ("a: &x 1\nb: *x", "anchors (&)")]
)
def test_what_cannot_be_read_is_told_and_crashes_nothing(tmp_path: Path, source: str | bytes, what: str) -> None:
    checklist, faults = read(tmp_path, source)

    assert checklist is None
    assert any(what in told for _, told in faults)


def test_a_file_that_is_too_large_or_none_is_told(tmp_path: Path) -> None:
    assert "larger than 200 kB" in only_fault(tmp_path, CHECKLIST + "#" * 200_000)[1]

    (tmp_path / "larks.yaml").unlink()
    (tmp_path / "larks.yaml").mkdir()
    ((fault),) = load([tmp_path], CLAUSES, FLOWS)[1]
    assert "is no readable file" in fault.what


def test_a_clause_of_a_step_that_is_not_in_force_is_told_and_the_checklist_goes_on_without_that_step(
    tmp_path: Path,
) -> None:
    clauses = {name: clause for name, clause in CLAUSES.items() if name != "larks/about/media"}

    checklist, faults = read(tmp_path, CHECKLIST, clauses)

    ((line, told),) = faults
    assert line == line_of("larks/about/media")
    assert told.endswith("until it is, the step 'hello' is passed over")
    assert checklist is not None
    assert len(checklist.steps) == 5


def test_a_flow_that_does_not_stand_is_told_and_the_checklist_goes_on_without_that_step(tmp_path: Path) -> None:
    checklist, faults = read(tmp_path, CHECKLIST.replace("flow: larks/recording", "flow: larks/humming"))

    ((line, told),) = faults
    assert line == line_of("flow:")
    assert told == "'larks/humming' is no flow that stands; until it does, the step 'playing' is passed over"
    assert checklist is not None


def test_a_second_checklist_of_one_society_is_refused_and_the_first_stands(tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "larks.yaml").write_text(CHECKLIST, encoding="utf-8")

    checklists, faults = load([tmp_path / "first", tmp_path / "second"], CLAUSES, FLOWS)

    first, second = tmp_path / "first" / "larks.yaml", tmp_path / "second" / "larks.yaml"
    assert checklists.of("larks") is not None
    assert faults == (Fault(second, 1, f"the checklist of 'larks' is in {first} already; keep one"),)


@pytest.mark.parametrize("name", ["larks.yml", "larks/onboarding.yaml", "larks/more.yml"])
def test_a_file_that_stands_where_none_is_read_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(CHECKLIST, encoding="utf-8")

    checklists, (fault,) = load([tmp_path], CLAUSES, FLOWS)

    assert checklists == Checklists({})
    assert "is not read as a checklist" in fault.what


def test_a_file_that_is_not_named_like_a_society_is_told(tmp_path: Path) -> None:
    (tmp_path / "The Larks.yaml").write_text(CHECKLIST, encoding="utf-8")

    checklists, faults = load([tmp_path], CLAUSES, FLOWS)

    assert checklists == Checklists({})
    assert any("the file 'The Larks' is not lower-case words" in fault.what for fault in faults)


LINES = CHECKLIST.splitlines(keepends=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("onboarding")


@settings(max_examples=60)
@given(at=st.integers(0, len(LINES) - 1), new=st.text(max_size=20), indent=st.integers(0, 8))
def test_whatever_stands_on_a_line_nothing_crashes(folder: Path, at: int, new: str, indent: int) -> None:
    source = "".join([*LINES[:at], " " * indent + new + "\n", *LINES[at + 1 :]])

    checklist, faults = read(folder, source)

    assert checklist is not None or faults
    assert all(1 <= line <= len(source.splitlines()) for line, _ in faults)
