"""A flow's file is read, and everything that is wrong with one is told with its line and what to do."""

import textwrap
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge import policy_files
from knowledge.clauses import Clause, Verdict
from knowledge.flows import files, graph
from knowledge.flows.files import SHIPPED, Flows, load, load_files
from knowledge.flows.flow import Branch, Option, Outcome
from knowledge.policy_markdown import Fault
from knowledge.posts.yaml_lines import read
from tests.conftest import SAMPLE, policies_of

CLAUSES: Mapping[str, Clause] = {clause.id: clause for policy in policies_of(SAMPLE) for clause in policy.clauses}
FLOW = """\
title: Sing at a concert
settles: [larks/concerts/photographs]
starts: [sing this]
asks:
  - may I sing?
  - am I allowed to sing at the concert
steps:
  where:
    ask: Where would you sing?
    options:
      - label: In the hall
        to: loud
        shows: [by company, nothing]
      - label: Backstage
        to: {if: employed by the society, then: loud, else: no-singing}
        said: [behind the curtain]
        reads: has consent
  loud:
    ask: Would it be loud?
    options:
      - label: "Yes"
        to: no-singing
      - label: "No"
        to: invite
outcomes:
  no-singing:
    verdict: no
    words: Better not.
    clauses: [larks/concerts/photographs]
  invite:
    verdict: yes
    words: You may,
      and bring a friend.
    clauses: [larks/rehearsals/invite, larks/concerts/programme]
    office: yes
    copy: "La, la: la."
"""


def line_of(text: str, source: str = FLOW) -> int:
    """The line on which a text first stands."""
    return source[: source.index(text)].count("\n") + 1


def read_flow(folder: Path, source: str | bytes, clauses: Mapping[str, Clause] = CLAUSES) -> tuple[Path, Flows]:
    file = folder / "larks" / "sing.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(source.encode() if isinstance(source, str) else source)
    return file, load([folder], clauses)


def told_of(folder: Path, source: str | bytes, clauses: Mapping[str, Clause] = CLAUSES) -> list[tuple[int, str]]:
    """The faults of a file by line, after which no flow is left."""
    file, read = read_flow(folder, source, clauses)
    assert read.flows == ()
    assert {fault.file for fault in read.faults} == {file}
    return [(fault.line, fault.what) for fault in read.faults]


def only_fault(folder: Path, source: str | bytes, clauses: Mapping[str, Clause] = CLAUSES) -> tuple[int, str]:
    (told,) = told_of(folder, source, clauses)
    return told


class TestReading:
    def test_a_flow_is_what_its_file_says(self, tmp_path: Path) -> None:
        _, read = read_flow(tmp_path, FLOW)
        (flow,) = read.flows

        assert read.faults == ()
        assert (flow.id, flow.society, flow.title) == ("larks/sing", "larks", "Sing at a concert")
        assert flow.settles == ("larks/concerts/photographs",)
        assert flow.starts == ("sing this",)
        assert flow.asks == ("may I sing?", "am I allowed to sing at the concert")
        assert [step.id for step in flow.steps] == ["where", "loud"]
        assert flow.steps[0].options == (
            Option("In the hall", "loud", shows=("by company", "nothing")),
            Option(
                "Backstage",
                Branch("employed by the society", "loud", "no-singing"),
                said=("behind the curtain",),
                reads="has consent",
            ),
        )

    def test_every_scalar_is_text_and_its_lines_are_one(self, tmp_path: Path) -> None:
        _, read = read_flow(tmp_path, FLOW)
        (flow,) = read.flows

        assert flow.steps[1].labels == ("Yes", "No", "Not sure")
        assert flow.outcomes == (
            Outcome("no-singing", Verdict.NO, "Better not.", ("larks/concerts/photographs",)),
            Outcome(
                "invite",
                Verdict.YES,
                "You may, and bring a friend.",
                ("larks/rehearsals/invite", "larks/concerts/programme"),
                to_office=True,
                copy="La, la: la.",
            ),
        )

    def test_what_is_optional_may_be_left_out(self, tmp_path: Path) -> None:
        bare = FLOW.replace("settles: [larks/concerts/photographs]\n", "").replace("starts: [sing this]\n", "")
        _, read = read_flow(
            tmp_path, bare.replace("asks:\n  - may I sing?\n  - am I allowed to sing at the concert\n", "")
        )

        assert read.faults == ()
        assert (read.flows[0].settles, read.flows[0].starts, read.flows[0].asks) == ((), (), ())

    @pytest.mark.parametrize("ending", ["\r\n", "\r"])
    def test_line_ends_and_a_mark_of_byte_order_from_elsewhere_are_read(self, tmp_path: Path, ending: str) -> None:
        _, read = read_flow(tmp_path, b"\xef\xbb\xbf" + FLOW.replace("\n", ending).encode())

        assert read.faults == ()

    def test_the_ways_through_it_are_counted_each_branch_for_two(self, tmp_path: Path) -> None:
        _, read = read_flow(tmp_path, FLOW)

        assert graph.paths(read.flows[0]) == 5

    def test_the_sample_flows_have_no_fault(self) -> None:
        read = load([SAMPLE / "flows"], CLAUSES)

        assert read.faults == ()
        assert [flow.id for flow in read.flows] == ["larks/recording", "larks/share"]

    def test_the_example_at_the_head_of_the_loader_has_no_fault(self, tmp_path: Path) -> None:
        example = textwrap.dedent((files.__doc__ or "").partition(":\n\n")[2])
        _, read = read_flow(tmp_path, example)

        assert read.faults == ()
        assert [outcome.id for outcome in read.flows[0].outcomes] == ["own", "paid"]

    def test_the_shipped_flows_have_no_fault(self) -> None:
        clauses = {clause.id: clause for policy in policies_of(policy_files.SHIPPED) for clause in policy.clauses}

        assert load([SHIPPED], clauses).faults == ()


class TestFolders:
    def test_a_folder_that_is_not_there_holds_no_flow(self, tmp_path: Path) -> None:
        assert load([tmp_path / "nowhere"], CLAUSES) == Flows((), ())

    def test_a_faulty_flow_is_left_out_and_the_others_work(self, tmp_path: Path) -> None:
        read_flow(tmp_path, FLOW.replace("verdict: no", "verdict: never"))
        (tmp_path / "larks" / "hum.yaml").write_text(FLOW.replace("Sing", "Hum"), encoding="utf-8")

        read = load([tmp_path], CLAUSES)

        assert [flow.id for flow in read.flows] == ["larks/hum"]
        assert {fault.file.name for fault in read.faults} == {"sing.yaml"}

    def test_one_id_in_two_folders_is_a_fault_of_the_later(self, tmp_path: Path) -> None:
        (tmp_path / "a").mkdir()
        (tmp_path / "b").mkdir()
        first, _ = read_flow(tmp_path / "a", FLOW)
        second, _ = read_flow(tmp_path / "b", FLOW.replace("Sing", "Hum"))

        read = load([tmp_path / "a", tmp_path / "b"], CLAUSES)

        assert [flow.title for flow in read.flows] == ["Sing at a concert"]
        assert [(fault.file, fault.line) for fault in read.faults] == [(second, 1)]
        assert f"the flow 'larks/sing' is in {first} already" in read.faults[0].what

    def test_one_title_for_two_flows_of_a_society_is_a_fault(self, tmp_path: Path) -> None:
        read_flow(tmp_path, FLOW)
        (tmp_path / "larks" / "hum.yaml").write_text(FLOW, encoding="utf-8")

        (fault,) = load([tmp_path], CLAUSES).faults

        assert (fault.file.name, fault.line) == ("sing.yaml", 1)
        assert "the title 'larks: Sing at a concert' is in" in fault.what

    @pytest.mark.parametrize("place", ["sing.yaml", "sing.yml", "larks/sing.yml"])
    def test_a_file_that_would_be_passed_over_is_told(self, tmp_path: Path, place: str) -> None:
        (tmp_path / "larks").mkdir()
        (tmp_path / place).write_text(FLOW, encoding="utf-8")

        (fault,) = load([tmp_path], CLAUSES).faults

        assert fault.file == tmp_path / place
        assert "a flow is SOCIETY/NAME.yaml in this folder; move or rename it" in fault.what

    def test_files_can_be_read_by_themselves(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        read_flow(tmp_path, FLOW)
        monkeypatch.chdir(tmp_path / "larks")

        assert [flow.id for flow in load_files([Path("sing.yaml")], CLAUSES).flows] == ["larks/sing"]

    def test_a_file_that_is_none_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "larks" / "sing.yaml").mkdir(parents=True)

        (fault,) = load([tmp_path], CLAUSES).faults

        assert "is no readable file" in fault.what

    @pytest.mark.parametrize(("place", "what"), [("Larks/sing.yaml", "folder 'Larks'"), ("larks/Sing.yaml", "'Sing'")])
    def test_a_name_that_would_make_no_id_is_told(self, tmp_path: Path, place: str, what: str) -> None:
        (tmp_path / place).parent.mkdir()
        (tmp_path / place).write_text(FLOW, encoding="utf-8")

        first = load([tmp_path], CLAUSES).faults[0]

        assert first.line == 1
        assert what in first.what
        assert "lower-case words joined by hyphens" in first.what

    def test_flows_are_found_by_id_or_by_name(self, tmp_path: Path) -> None:
        _, read = read_flow(tmp_path, FLOW)

        assert read.named("larks/sing") == read.named("sing") == list(read.flows)
        assert read.named("oars/sing") == []


class TestNoYaml:
    def test_what_is_no_yaml_is_told_with_its_line(self, tmp_path: Path) -> None:
        line, what = only_fault(tmp_path, FLOW.replace("ask: Where would you sing?", "ask: [Where"))

        assert line in (line_of("  where:") + 1, line_of("  where:") + 2)
        assert what.startswith("is not YAML: ")

    def test_a_control_character_is_told_with_its_line(self, tmp_path: Path) -> None:
        line, what = only_fault(tmp_path, FLOW.replace("Better not.", "Better \x00 not."))

        assert line == line_of("Better not.")
        assert what.startswith("is not YAML: ")

    @pytest.mark.parametrize("source", ["", "# nothing\n", "- a list\n", "a word\n"])
    def test_what_holds_no_mapping_is_told(self, tmp_path: Path, source: str) -> None:
        assert only_fault(tmp_path, source) == (1, "holds no flow; a flow has a title, steps and outcomes")

    def test_what_is_not_utf_8_is_told(self, tmp_path: Path) -> None:
        line, what = only_fault(tmp_path, FLOW.replace("Better", "Bétter").encode("latin-1"))

        assert line == 1
        assert "not UTF-8 text" in what

    def test_what_is_too_large_is_told_and_not_read(self, tmp_path: Path) -> None:
        line, what = only_fault(tmp_path, FLOW + "#" * 200_000)

        assert line == 1
        assert what.startswith("larger than 200 kB")

    @pytest.mark.parametrize("value", ["&again Better not.", "!!python/name:os.system x", "!stress Better not."])
    def test_anchors_and_tags_are_told(self, tmp_path: Path, value: str) -> None:
        line, what = only_fault(tmp_path, FLOW.replace("words: Better not.", f"words: {value}"))

        assert line == line_of("Better not.")
        assert "anchors (&), aliases (*) and tags (!) are not read" in what

    def test_a_bomb_of_aliases_is_told_and_nothing_is_built(self, tmp_path: Path) -> None:
        bomb = "a: &a [x, x]\n" + "".join(
            f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
            for before, name in zip("abcdefgh", "bcdefghi", strict=True)
        )
        told = told_of(tmp_path, bomb)

        assert told[0][0] == 1
        assert {line for line, _ in told} == set(range(1, 10))

    @pytest.mark.parametrize("source", ["[" * 100_000, "a: " + "{b: " * 5_000, "- " * 5_000 + "x", "? " * 5_000 + "x"])
    def test_what_is_too_deep_is_told(self, tmp_path: Path, source: str) -> None:
        line, what = only_fault(tmp_path, source)

        assert line == 1
        assert "deep" in what or what.startswith("is not YAML: ")

    def test_a_key_that_stands_twice_is_told(self, tmp_path: Path) -> None:
        line, what = only_fault(tmp_path, FLOW.replace("title: Sing", "title: Hum\ntitle: Sing"))

        assert line == 2
        assert what == "the key 'title' stands on line 1 already; keep one"

    def test_a_step_that_stands_twice_is_told(self, tmp_path: Path) -> None:
        source = FLOW.replace("outcomes:", "  where: {}\noutcomes:")

        assert (line_of("  where: {}", source), "the key 'where' stands on line 8 already; keep one") in told_of(
            tmp_path, source
        )

    def test_a_key_that_is_no_word_is_told(self, tmp_path: Path) -> None:
        assert (1, "a key is a list or a mapping; a key is a word") in told_of(tmp_path, f"[a, b]: c\n{FLOW}")


def _mangled() -> st.SearchStrategy[bytes]:
    """The flow above with a piece of it put elsewhere, or something odd in its place."""
    places = st.integers(0, len(FLOW))
    odd = st.sampled_from(
        ["", "&a ", "*a", "!!x ", "\t", "{", "[", "]", ": ", "- ", "\n", "? ", '"', "|\n", "\x00", "\ud7ff"]
    )
    return st.builds(
        lambda start, end, to, new: (FLOW[:to] + new + FLOW[to:start] + FLOW[end:] + FLOW[start:end]).encode(),
        places,
        places,
        places,
        odd | st.text(max_size=20),
    )


class TestAnything:
    @given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode) | _mangled())
    @example(b'a: "\\UFFFFFFFF"')
    @example(b'a: "\\ud800"')
    @example(b"%YAML 9.9\n---\na: b")
    @example(b"--- a\n--- b")
    @example(
        b"title: x\nsteps: {a: {ask: b, options: [{label: c, to: [d]}, {label: e, to: {if: {}}}]}}\noutcomes: {f: [g]}"
    )
    def test_any_bytes_give_flows_with_faults_and_nothing_else(self, tmp_path: Path, content: bytes) -> None:
        file, read = read_flow(tmp_path, content)

        assert bool(read.flows) != bool(read.faults)
        breaks = sum(content.count(mark) for mark in (b"\n", b"\r", b"\xe2\x80", b"\xc2\x85"))
        assert all(fault.file == file and 1 <= fault.line <= breaks + 1 and fault.what for fault in read.faults)

    @given(st.text(max_size=100))
    def test_any_text_is_data_or_a_fault(self, text: str) -> None:
        faults: list[Fault] = []

        if read(text, Path("x.yaml"), faults) is None and text.strip() and not faults:
            assert all(line.lstrip().startswith(("#", "%", "-", ".")) for line in text.split("\n") if line.strip())
