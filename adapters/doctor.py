"""Looks over everything that the bot rests on, and says what to do about each fault."""

import os
from dataclasses import dataclass
from pathlib import Path

from adapters.models.encoders import Encoder, encoder_for
from adapters.settings import Settings, SettingsError, from_environment
from knowledge import policy_files
from knowledge.answers import Question
from knowledge.encoding import EncoderUnavailable
from knowledge.library import Library
from knowledge.policy_markdown import PolicyFileError
from knowledge.vectors import Progress


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    what: str
    found: str
    fault: bool = False

    def __str__(self) -> str:
        return f"{'FAULT' if self.fault else 'ok   '}  {self.what}: {self.found}"


def examine(progress: Progress) -> list[Finding]:
    """Settings, data folder, policies, encoder and index, in the order in which they rest on each other."""
    try:
        settings = from_environment()
    except SettingsError as error:
        return [Finding("settings", str(error), fault=True)]
    findings = [*_settings(settings), _data(settings.data)]
    try:
        policies = policy_files.load([policy_files.SHIPPED, *settings.policy_folders])
    except PolicyFileError as error:
        return findings + [Finding("policies", str(fault), fault=True) for fault in error.faults]
    held = {policy.society for policy in policies}
    clauses = sum(len(policy.clauses) for policy in policies)
    findings.append(Finding("policies", f"{len(policies)} of {', '.join(sorted(held))}, {clauses} clauses"))
    if settings.society and settings.society not in held:
        findings.append(Finding("SOCIETY", f"no policy of '{settings.society}' is held; mend SOCIETY", fault=True))
    try:
        encoder = encoder_for(settings.embeddings)
    except EncoderUnavailable as error:
        return [*findings, Finding("encoder", str(error), fault=True)]
    findings.append(_encoder(encoder))
    if any(finding.fault for finding in findings):
        return findings
    return [*findings, _index(settings, encoder, progress)]


def _settings(settings: Settings) -> list[Finding]:
    fields = type(settings).model_fields
    return [
        Finding(name.upper(), f"{value if value is not None else 'not set'} ({fields[name].description})")
        for name, value in settings.model_dump().items()
    ]


def _data(folder: Path) -> Finding:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return Finding("data folder", f"{folder}: {error.strerror}; set DATA_DIR to a folder of yours", fault=True)
    if not os.access(folder, os.W_OK):
        return Finding("data folder", f"{folder} cannot be written; set DATA_DIR to a folder of yours", fault=True)
    return Finding("data folder", f"{folder} can be written")


def _encoder(encoder: Encoder) -> Finding:
    if encoder.model is None:
        return Finding("encoder", f"none, so clauses are found by their words alone: less well. {encoder.missing}")
    return Finding("encoder", encoder.name)


def _index(settings: Settings, encoder: Encoder, progress: Progress) -> Finding:
    try:
        library = Library.open(settings.policy_folders, settings.data, encoder.model, encoder.name, progress)
        for society in library.societies:
            library.answer(Question("Which accounts does the society run?", society))
    except Exception as error:  # whatever a hosted model or a damaged disk does is a finding, not a crash
        return Finding("index", f"{type(error).__name__}: {error}", fault=True)
    return Finding("index", f"{len(library.index.entries)} texts of {len(library.index.clauses)} clauses, answers")
