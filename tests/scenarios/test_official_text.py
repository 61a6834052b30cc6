"""A society brings in its own text, and a member is answered in its very words."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters import imports
from adapters.settings import Settings
from knowledge.encoding import MiniLM
from knowledge.library import Library
from knowledge.official import load
from tests.conftest import SAMPLE, nothing_told
from tests.scenarios.conftest import see_that_it_reads

DAY = datetime(2026, 5, 31, 12, tzinfo=UTC)


def after_the_import(library: Library, encoder: MiniLM | None, file: Path, policy: str, settings: Settings) -> Library:
    """The library once the text has been brought in."""
    kept = imports.import_official(settings, file, policy, "May 2026", "somebody", DAY, nothing_told).kept
    official = load(kept.folder, kept.edition.name)
    assert official is not None
    return Library(library.index, encoder, {policy: official})


def test_the_choirs_own_words_are_quoted_and_nobodys_name_is(sample_library: Library, tmp_path: Path) -> None:
    see_that_it_reads(
        """
        ...
        > can I record a rehearsal without asking the conductor
        ...
        Never record a rehearsal without the conductor's consent.
            Rehearsals [larks/rehearsals/recording]

            From the Larks' rules, in our summary (second edition).
        ...
        """,
        sample_library,
        "larks",
    )

    settings = Settings(data_dir=tmp_path, policy_dir=SAMPLE, embeddings="none")
    library = after_the_import(sample_library, None, SAMPLE / "larks-as-published.txt", "larks", settings)

    see_that_it_reads(
        """
        ...
        > can I record a rehearsal without asking the conductor
        ...
        “Recording a rehearsal is never allowed without the conductor’s consent.”
            Rehearsals [larks/rehearsals/recording]

            From the Larks' rules (May 2026).
        ...
        > who says?
        The Larks, a choir: “Singing and sharing”, under “Rehearsals” (May 2026).
        ...
        """,
        library,
        "larks",
    )


def test_ipems_own_words_are_quoted_without_the_people_in_them(
    library: Library, encoder: MiniLM, tmp_path: Path
) -> None:
    folder = os.environ.get("SOURCES_DIR")
    if not folder:
        pytest.skip("set SOURCES_DIR to the folder of ipem-social-media-guidelines.txt, which is not ours to ship")
    settings = Settings(data_dir=tmp_path)
    official = after_the_import(library, encoder, Path(folder) / "ipem-social-media-guidelines.txt", "ipem", settings)

    see_that_it_reads(
        """
        ...
        > we've decided to go ahead with an account. who do we tell
        ...
        [name] ([address])
        ...
        [ipem/new-accounts/tell-comms-manager]

            From IPEM's guidelines (May 2026).
        ...
        """,
        official,
        "ipem",
    )
