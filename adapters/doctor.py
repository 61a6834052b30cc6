"""Looks over everything that the bot rests on, and says what to do about each fault."""

import os
from collections import Counter
from pathlib import Path

from pydantic import SecretStr

from adapters.bootstrap import archive, checklist_folders, flow_folders, open_library, policy_folders
from adapters.findings import Finding
from adapters.models.encoders import Encoder, encoder_for
from adapters.settings import Settings, SettingsError, from_environment, without_secrets
from knowledge import editions, policy_files
from knowledge.answers import Question
from knowledge.clauses import Policy
from knowledge.editions import EditionError, Standing
from knowledge.encoding import EncoderUnavailable
from knowledge.flows import files as flow_files
from knowledge.onboarding import files as checklist_files
from knowledge.onboarding.checklist import Checklists
from knowledge.policy_markdown import Fault, PolicyFileError
from knowledge.vectors import Progress


def examine(progress: Progress) -> list[Finding]:
    """Settings, data, policies, editions, flows, checklists, desk, encoder and index, as they rest on each other."""
    try:
        settings = from_environment()
    except SettingsError as error:
        return [Finding("settings", str(error), fault=True)]
    folder = _data(settings.data)
    findings = [*_settings(settings), folder]
    folders = policy_folders(settings)
    try:
        policy_files.load(folders)
        standing = archive(settings).in_force(folders)
        policies = editions.read(standing)
    except PolicyFileError as error:
        return findings + [Finding("policies", str(fault), fault=True) for fault in error.faults]
    except EditionError:
        return [*findings, *_damaged(settings)]
    held = {policy.society for policy in policies}
    clauses = sum(len(policy.clauses) for policy in policies)
    findings.append(Finding("policies", f"{len(policies)} of {', '.join(sorted(held))}, {clauses} clauses"))
    findings += [*_drafts(folders, standing), *_editions(folders, standing), *_damaged(settings)]
    if settings.society and settings.society not in held:
        findings.append(Finding("SOCIETY", f"no policy of '{settings.society}' is held; mend SOCIETY", fault=True))
    usable = not any(finding.fault for finding in findings)
    findings += _flows(settings, policies)  # a faulty one is left out, and the rest goes on without it
    findings += _checklists(settings, policies)
    findings += [] if folder.fault else _desk(settings, policies)
    try:
        encoder = encoder_for(settings.embeddings)
    except EncoderUnavailable as error:
        return [*findings, Finding("encoder", str(error), fault=True)]
    findings.append(_encoder(encoder))
    if not usable:
        return findings
    return [*findings, *_index(settings, standing, encoder, progress)]


def sent_again() -> int:
    """How many replies are tried again that had been given up.

    Raises:
        SettingsError: a setting, or the database, cannot be used.
    """
    from adapters.desk_doctor import send_again  # as below

    return send_again(from_environment())


def _settings(settings: Settings) -> list[Finding]:
    return [
        Finding(name.upper(), f"{_shown(getattr(settings, name))} ({field.description})")
        for name, field in type(settings).model_fields.items()
    ]


def _shown(value: object) -> str:
    """A setting as it may be shown: of a secret that is an address all but the password, of any other only that it is
    set."""
    if isinstance(value, SecretStr):
        value = value.get_secret_value() if "://" in value.get_secret_value() else "set"
    return "not set" if value is None else without_secrets(value) if isinstance(value, str) else str(value)


def _desk(settings: Settings, policies: list[Policy]) -> list[Finding]:
    from adapters.desk_doctor import examine_desk  # the database and its migrations: no other command waits for them

    return examine_desk(settings, policies)


def _data(folder: Path) -> Finding:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return Finding("data folder", f"{folder}: {error.strerror}; set DATA_DIR to a folder of yours", fault=True)
    if not os.access(folder, os.W_OK):
        return Finding("data folder", f"{folder} cannot be written; set DATA_DIR to a folder of yours", fault=True)
    return Finding("data folder", f"{folder} can be written")


def _editions(folders: list[Path], standing: list[Standing]) -> list[Finding]:
    """The editions in force, and the files whose words wait because another text of their policy is in force."""
    in_force = {one.policy: one.edition for one in standing if one.edition}
    if not in_force:
        return [Finding("editions", "none is in force; every policy is as its file stands")]
    findings = [
        Finding("editions", f"{policy}: {edition.name} ({edition.id}) is in force")
        for policy, edition in in_force.items()
    ]
    for file in editions.as_files_stand(folders):
        edition = in_force.get(file.policy)
        if edition and not edition.states(file.file.read_bytes()):
            what = f"{file.file} reads otherwise than the edition of {file.policy} in force, and waits"
            see = f"`verse policies diff {file.policy} {file.policy}@shipped` shows how"
            do = f"`verse policies put-in-force {file.policy}@shipped` puts it in force"
            findings.append(Finding("editions", f"{what}; {see}, {do}"))
    return findings


def _drafts(folders: list[Path], standing: list[Standing]) -> list[Finding]:
    """The files that were made from a document, that nobody has reviewed, and from which nothing is answered."""
    answered = {one.policy for one in standing}
    waiting = [one.file for one in editions.as_files_stand(folders) if one.policy and one.policy not in answered]
    do = "nobody has reviewed it, and it is not in force; `verse policies put-in-force {}` has it answer"
    return [Finding("policies", f"{file}: {do.format(file)}") for file in waiting]


def _damaged(settings: Settings) -> list[Finding]:
    return [Finding("editions", what, fault=True) for what in archive(settings).faults()]


def _flows(settings: Settings, policies: list[Policy]) -> list[Finding]:
    """How many flows stand, and every fault of the others."""
    clauses = {clause.id: clause for policy in policies for clause in policy.clauses}
    read = flow_files.load(flow_folders(settings), clauses)
    standing = Counter(flow.society for flow in read.flows)
    counts = [f"{society} ({count})" for society, count in sorted(standing.items())]
    findings = [Finding("flows", f"those of {', '.join(counts)} stand" if counts else "none stands")]
    return findings + [Finding("flows", f"{fault}; this flow is left out", fault=True) for fault in read.faults]


def _checklists(settings: Settings, policies: list[Policy]) -> list[Finding]:
    """For whom a checklist stands, and every fault of one."""
    clauses = {clause.id: clause for policy in policies for clause in policy.clauses}
    flows = flow_files.load(flow_folders(settings), clauses).flows
    checklists, faults = checklist_files.load(checklist_folders(settings), clauses, flows)
    standing = [f"{one.society} ({len(one.steps)} steps)" for one in checklists.by_society.values()]
    findings = [Finding("onboarding", f"the checklists of {', '.join(standing)} stand" if standing else "none stands")]
    return findings + [Finding("onboarding", _faulty(fault, checklists), fault=True) for fault in faults]


def _faulty(fault: Fault, checklists: Checklists) -> str:
    left_out = "" if fault.file.stem in checklists.by_society else "; this checklist is left out"
    return f"{fault}{left_out}"


def _encoder(encoder: Encoder) -> Finding:
    if encoder.model is None:
        return Finding("encoder", f"none, so clauses are found by their words alone: less well. {encoder.missing}")
    return Finding("encoder", encoder.name)


def _index(settings: Settings, standing: list[Standing], encoder: Encoder, progress: Progress) -> list[Finding]:
    try:
        library = open_library(settings, standing, encoder, progress)
        for society in library.societies:
            library.answer(Question("Which accounts does the society run?", society))
    except SettingsError:  # the office's file, which is told of by now
        return []
    except Exception as error:  # whatever a hosted model or a damaged disk does is a finding, not a crash
        return [Finding("index", f"{type(error).__name__}: {error}", fault=True)]
    return [Finding("index", f"{len(library.index.entries)} texts of {len(library.index.clauses)} clauses, answers")]
