"""One checklist's file, from text to a checklist: its form, and whether its posts end in its flows where it says."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import assert_never

from knowledge.clauses import Clause, Party
from knowledge.flows.entries import EntryReader, mappings, shortened
from knowledge.flows.flow import Flow, Response, ResponseError, position
from knowledge.onboarding.checklist import (
    REQUEST_FIELDS,
    WRITTEN_FIELDS,
    Checklist,
    ChecklistStep,
    CheckOption,
    Example,
    ListedAccount,
    PlayedPost,
    RequestRules,
    StepKind,
)
from knowledge.policy_markdown import Fault
from knowledge.posts.yaml_lines import Keyed, Listed, read

_FEWEST_EXAMPLES = 2  # of each sort: one to judge, and one for whoever judged it wrongly
_FEWEST_PLAYED = 3  # posts
_KEYS = {
    StepKind.READ: (),
    StepKind.JUDGE: ("fine", "better-not"),
    StepKind.PLAY: ("flow", "given", "posts"),
    StepKind.WRITE: ("field", "example"),
    StepKind.CHECK: ("options",),
}
_LONGEST_HANDLE = 60  # characters


class ChecklistReader(EntryReader):
    """Reads one checklist. What is wrong with it is kept in `faults`; what a step rests on and is not in force just
    now in `gone`: such a checklist can be used, and passes the step over."""

    KIND = "checklist"

    def __init__(self, file: Path, society: str, clauses: Mapping[str, Clause], flows: Mapping[str, Flow]) -> None:
        super().__init__(file, society, clauses)
        self.gone: list[Fault] = []
        self._flows = flows
        self._step_read = ""

    def checklist(self, source: str) -> Checklist | None:
        """The checklist that a text states, as far as it does; it can be used where there is no fault."""
        root = read(source, self._file, self.faults)
        if not isinstance(root, Keyed):
            if not self.faults:
                self._fault(1, "holds no checklist; a checklist has a register, accounts, a request and steps")
            return None
        self._only(root, "a checklist", "register", "accounts", "request", "steps")
        steps = self._entries(root, "steps")
        return Checklist(
            society=self._society,
            register=self._clause(root, "register", root.line),
            accounts=self._accounts(root),
            request=self._request(root),
            steps=tuple(self._step(name, entry, steps.lines[name]) for name, entry in mappings(steps)),
        )

    def _accounts(self, root: Keyed) -> tuple[ListedAccount, ...]:
        found: list[ListedAccount] = []
        seen: dict[str, int] = {}
        for item in self._mappings(root, "accounts", "an account has a 'handle:', a 'platform:' and a 'group:'"):
            self._only(item, "an account", "handle", "platform", "group")
            handle = self._text(item, "handle", item.line)
            key = handle.removeprefix("@").casefold()
            if handle and (not key or len(handle) > _LONGEST_HANDLE or " " in handle):
                what = f"'{shortened(handle)}' is no handle: one word of at most {_LONGEST_HANDLE} characters"
                self._fault(item.lines["handle"], what)
            elif handle and key in seen:
                what = f"the account '{shortened(handle)}' stands on line {seen[key]} already; keep one"
                self._fault(item.lines["handle"], what)
            elif handle:
                seen[key] = item.lines["handle"]
            found.append(
                ListedAccount(handle, self._text(item, "platform", item.line), self._text(item, "group", item.line))
            )
        return tuple(found)

    def _request(self, root: Keyed) -> RequestRules:
        given = root.values.get("request")
        if not isinstance(given, Keyed):
            what = "has no request; below 'request:' stand 'agree', 'tell' and 'advice', each a clause, and 'examples'"
            self._fault(root.lines.get("request", root.line), what)
            return RequestRules("", "", "", ())
        self._only(given, "a request", "agree", "tell", "advice", "examples")
        agree, tell, advice = (self._clause(given, key, given.line) for key in ("agree", "tell", "advice"))
        examples = given.values.get("examples")
        if not isinstance(examples, Keyed):
            what = f"has no examples; below 'examples:' stands one of each of {', '.join(REQUEST_FIELDS)}"
            self._fault(given.lines.get("examples", given.line), what)
            return RequestRules(agree, tell, advice, ())
        self._only(examples, "the examples of a request", *REQUEST_FIELDS)
        texts = tuple((field, self._text(examples, field, given.lines["examples"])) for field in REQUEST_FIELDS)
        return RequestRules(agree, tell, advice, texts)

    def _step(self, name: str, entry: Keyed, line: int) -> ChecklistStep:
        self._step_read = name
        word = self._text(entry, "kind", line)
        kind = next((one for one in StepKind if one == word), None)
        if word and kind is None:
            what = f"the kind '{shortened(word)}' is unknown; it is one of {', '.join(StepKind)}"
            self._fault(entry.lines["kind"], what)
        keys = _KEYS[kind] if kind else tuple(key for keys in _KEYS.values() for key in keys)
        self._only(entry, f"the step '{name}'", "kind", "title", "words", "clauses", *keys)
        clauses = self._named_clauses(entry, "clauses")
        if not clauses:
            self._fault(entry.lines.get("clauses", line), f"the step '{name}' rests on no clause; name one or more")
        step = ChecklistStep(
            id=name,
            kind=kind or StepKind.READ,
            title=self._label(entry, "title", line),
            words=self._text(entry, "words", line),
            clauses=clauses,
        )
        self._step_read = ""
        return self._with_what_it_asks(step, entry, line) if kind else step

    def _with_what_it_asks(self, step: ChecklistStep, entry: Keyed, line: int) -> ChecklistStep:
        """The step, with what its kind needs."""
        match step.kind:
            case StepKind.READ:
                return step
            case StepKind.JUDGE:
                return replace(step, examples=self._examples(step.id, entry, line))
            case StepKind.PLAY:
                flow = self._text(entry, "flow", line)
                posts = self._posts(step.id, flow, entry, line)
                return replace(step, flow=flow, posts=posts, given=self._given(entry, posts))
            case StepKind.WRITE:
                field = self._text(entry, "field", line)
                if field and field not in WRITTEN_FIELDS:
                    what = f"the field '{shortened(field)}' is unknown; it is one of {', '.join(WRITTEN_FIELDS)}"
                    self._fault(entry.lines["field"], what)
                return replace(step, field=field, example=self._text(entry, "example", line))
            case StepKind.CHECK:
                return replace(step, options=self._options(step.id, entry, line))
            case _:
                assert_never(step.kind)

    def _examples(self, step: str, entry: Keyed, line: int) -> tuple[Example, ...]:
        found: list[Example] = []
        for key in ("fine", "better-not"):
            given = self._entries(entry, key) if key in entry.values else Keyed({}, {}, line)
            if len(given.values) < _FEWEST_EXAMPLES:
                what = f"the step '{step}' needs {_FEWEST_EXAMPLES} posts or more under '{key}', the second as a spare"
                self._fault(entry.lines.get(key, line), what)
            for name, item in mappings(given):
                self._only(item, f"the example '{name}'", "post", "why")
                if any(one.id == name for one in found):
                    self._fault(given.lines[name], f"the example '{name}' stands under 'fine' already; rename it")
                post, why = (self._text(item, part, given.lines[name]) for part in ("post", "why"))
                found.append(Example(name, post, key == "fine", why))
        return tuple(found)

    def _posts(self, step: str, flow: str, entry: Keyed, line: int) -> tuple[PlayedPost, ...]:
        given = self._entries(entry, "posts")
        if given.values and len(given.values) < _FEWEST_PLAYED:
            self._fault(entry.lines["posts"], f"the step '{step}' needs {_FEWEST_PLAYED} posts or more to play")
        if flow and not flow.startswith(f"{self._society}/"):
            self._fault(entry.lines["flow"], f"'{shortened(flow)}' is no flow of {self._society}; name one of its own")
        elif flow and flow not in self._flows:
            what = f"'{shortened(flow)}' is no flow that stands; until it does, the step '{step}' is passed over"
            self.gone.append(Fault(self._file, entry.lines["flow"], what))
        return tuple(self._post(name, item, given.lines[name], flow) for name, item in mappings(given))

    def _given(self, entry: Keyed, posts: Sequence[PlayedPost]) -> tuple[str, ...]:
        """The steps of the flow that are not asked: each post has a response to them, and to others."""
        given = self._texts(entry, "given")
        for post in posts if given else ():
            if not set(given) < {name for name, _ in post.responses}:
                what = f"'given' names some of the steps to which '{post.id}' has a response, and leaves one to ask"
                self._fault(entry.lines["given"], what)
        return given

    def _post(self, name: str, item: Keyed, line: int, flow: str) -> PlayedPost:
        self._only(item, f"the post '{name}'", "post", "responses", "end")
        given = item.values.get("responses")
        if not isinstance(given, Keyed) or not given.values:
            what = f"the post '{name}' has no responses; below 'responses:' stands a label by each step of the flow"
            self._fault(item.lines.get("responses", line), what)
            given = Keyed({}, {}, line)
        post = PlayedPost(
            id=name,
            post=self._text(item, "post", line),
            responses=tuple((step, self._text(given, step, line)) for step in given.values),
            end=self._text(item, "end", line),
        )
        if flow in self._flows and post.end and post.responses and all(label for _, label in post.responses):
            self._check_end(post, self._flows[flow], item)
        return post

    def _check_end(self, post: PlayedPost, flow: Flow, item: Keyed) -> None:
        """Its responses lead to the end that it names, and none of them is on another way."""
        responses = tuple(Response(step, label) for step, label in post.responses)
        try:
            reached = position(flow, responses, Party.ACCOUNT_ADMIN)
        except ResponseError as error:
            self._fault(item.lines["responses"], f"{error}; `verse flows draw {flow.id}` shows what there is")
            return
        named = f"the responses of '{post.id}'"
        if flow.outcome(post.end) is None:
            what = f"'{shortened(post.end)}' is no outcome of {flow.id}; `verse flows draw {flow.id}` shows what is"
            self._fault(item.lines["end"], what)
        elif reached.outcome is None:
            where = f"at the step '{reached.step.id}'" if reached.step else "at one that is not sure"
            self._fault(item.lines["responses"], f"{named} break off {where}; add those up to an outcome")
        elif reached.outcome.id != post.end:
            self._fault(item.lines["end"], f"{named} lead to '{reached.outcome.id}'; mend them, or the end")
        elif len(reached.path) < len(responses):
            astray = next(one.step for one in responses if one not in reached.path)
            self._fault(item.lines["responses"], f"{named} do not pass the step '{astray}'; leave it out")

    def _options(self, step: str, entry: Keyed, line: int) -> tuple[CheckOption, ...]:
        found: list[CheckOption] = []
        labels: set[str] = set()
        for item in self._mappings(entry, "options", "an option has a 'label:', 'settles:' and 'words:'"):
            self._only(item, "an option", "label", "settles", "words")
            label, settles, words = (
                self._label(item, "label", item.line),
                self._text(item, "settles", item.line),
                self._text(item, "words", item.line),
            )
            if settles not in ("yes", "no", ""):
                self._fault(item.lines["settles"], f"'settles' is yes or no, not '{shortened(settles)}'")
            if label and label.casefold() in labels:
                self._fault(item.lines["label"], f"the label '{shortened(label)}' stands twice; keep one")
            labels.add(label.casefold())
            found.append(CheckOption(label, settles == "yes", words))
        if found and not any(option.settles for option in found):
            what = f"no option of the step '{step}' settles it; say 'settles: yes' of one"
            self._fault(entry.lines.get("options", line), what)
        return tuple(found)

    def _clause(self, entry: Keyed, key: str, line: int) -> str:
        name = self._text(entry, key, line)
        if name:
            self._check_clause(name, entry.lines[key])
        return name

    def _not_in_force(self, name: str, line: int) -> None:
        if not self._step_read:
            super()._not_in_force(name, line)
            return
        what = f"'{shortened(name)}' is no clause of the policies in force; until it is"
        self.gone.append(Fault(self._file, line, f"{what}, the step '{self._step_read}' is passed over"))

    def _mappings(self, entry: Keyed, key: str, form: str) -> list[Keyed]:
        """A list of things that each have parts, which must be there."""
        given = entry.values.get(key)
        if not isinstance(given, Listed) or not given.items:
            self._fault(entry.lines.get(key, entry.line), f"has no {key}, as a list; {form}")
            return []
        for item in given.items:
            if not isinstance(item, Keyed):
                self._fault(item.line, f"{form}; write them all")
        return [item for item in given.items if isinstance(item, Keyed)]
