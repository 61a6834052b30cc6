"""Reads checklists from their files, and names file and line of everything that is wrong with one.

A file is FOLDER/SOCIETY.yaml. Every scalar is text (`yes` stays "yes"):

    register: larks/accounts/listed            # the clause that lists the society's accounts
    accounts:                                  # as it lists them
      - {handle: "@larks_choir", platform: Twitter, group: The choir}
    request:                                   # of a new account
      agree: larks/accounts/new                # the clause on what a group agrees first,
      tell: larks/accounts/secretary           # on whom it tells,
      advice: larks/accounts/unsure            # and on who advises one that is not sure
      examples:                                # one of each field
        group: The Young Larks
        purpose: To tell of our concerts
        audience: Families
        content: Two of our singers
        watching: The same two
        handle: "@larks_young, on Twitter"
        questions: May we draw a lark of our own?
        admins: console:nina
    steps:                                     # in this order
      tone:
        kind: judge                            # read, judge, play, write or check
        title: The tone of a post              # at most 75 characters
        words: Every post is friendly.         # a few sentences, no stronger than the clauses
        clauses: [larks/accounts/tone]         # the first foremost
        fine:                                  # judge: invented posts, two or more of each, and why
          thanks: {post: Thank you for coming!, why: It is friendly.}
          rival: {post: The Wrens were lovely., why: It is friendly.}
        better-not:
          sneer: {post: Who let the Wrens in?, why: A post must be friendly.}
          grumble: {post: What a dull lot you were., why: A post must be friendly.}
      playing:
        kind: play
        title: Sharing
        words: Take these through the questions.
        clauses: [larks/accounts/tone]
        flow: larks/share                      # play: a flow of this society,
        given: [account]                       # the steps of it that are not asked, and three posts or more,
        posts:
          concert: {post: Come!, responses: {account: The choir's, holds: None of these}, end: fine}
          vestry: {post: "[image]", responses: {account: The choir's, holds: A picture from backstage}, end: backstage}
          wrens:
            post: We, the Wrens, sing better.
            responses: {account: The choir's, holds: The words of a rival choir or a company}
            end: rival                         # the outcome to which these lead
      purpose:
        kind: write
        title: What it is for
        words: Say what the account is for.
        clauses: [larks/accounts/tone]
        field: purpose                         # write: purpose or audience, and an example of it
        example: To tell of our concerts
      keys:
        kind: check
        title: Who has the password
        words: Two people should.
        clauses: [larks/accounts/tone]
        options:                               # check: what can be answered, one of them settling it
          - {label: "Yes", settles: yes, words: Good.}
          - {label: Not yet, settles: no, words: Please see to it.}
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from knowledge.clauses import Clause
from knowledge.flows.entries import misnamed, text_of
from knowledge.flows.flow import Flow
from knowledge.onboarding.checklist import Checklist, Checklists
from knowledge.onboarding.reading import ChecklistReader
from knowledge.policy_markdown import Fault, PolicyFileError

SHIPPED = Path(__file__).parent
_LARGEST_FILE = 200_000  # bytes; ours takes some thirty


def load(
    folders: Sequence[Path], clauses: Mapping[str, Clause], flows: Sequence[Flow]
) -> tuple[Checklists, tuple[Fault, ...]]:
    """The checklists of some folders, by society, and everything that is wrong with one. A folder that is not there
    holds none.

    `clauses` are those in force, by id, and `flows` those that stand. A faulty checklist is left out; one whose only
    faults are steps that rest on what is not in force just now is kept, since those steps can be passed over.
    """
    by_id = {flow.id: flow for flow in flows}
    found: dict[str, Checklist] = {}
    owners: dict[str, Path] = {}
    faults: list[Fault] = []
    for folder in folders:
        astray = sorted([*folder.glob("*.yml"), *folder.glob("*/*.yaml"), *folder.glob("*/*.yml")])
        what = "is not read as a checklist: a checklist is SOCIETY.yaml in this folder; move or rename it"
        faults += [Fault(file, 1, what) for file in astray]
        for file in sorted(folder.glob("*.yaml")):
            checklist, wrong = _read(file, clauses, by_id)
            other = owners.setdefault(file.stem, file)
            if other != file:
                wrong.append(Fault(file, 1, f"the checklist of '{file.stem}' is in {other} already; keep one"))
            elif checklist is not None:
                found[file.stem] = checklist
            faults += wrong
    return Checklists(found), tuple(faults)


def _read(file: Path, clauses: Mapping[str, Clause], flows: Mapping[str, Flow]) -> tuple[Checklist | None, list[Fault]]:
    try:
        source = text_of(file, _LARGEST_FILE, "a checklist holds what somebody can go through in an hour: shorten it")
    except PolicyFileError as error:
        return None, error.faults
    faults = misnamed(file, {"file": file.stem})
    reader = ChecklistReader(file, file.stem, clauses, flows)
    checklist = reader.checklist(source)
    faults += reader.faults
    told = sorted([*faults, *reader.gone], key=lambda fault: fault.line)
    return (None if faults else checklist), told
